#include "web/lang_error.h"

#include <string.h>

#include "web/lang.h"

static const char *const known[] = {
    SAY("the code does not fit the address, or has ended: register again"),
    SAY("this form has ended: begin a new one"),
    SAY("this is too much for one demand"),
    SAY("too many within a short time: try again later"),
    SAY("the portal is open to vetted officers"),
    SAY("no demand has this reference"),
    SAY("no production has this reference"),
    SAY("no officer has this reference"),
    SAY("no agency has this reference"),
    SAY("only a refused demand is cured"),
    SAY("this instrument is not taken here: hand it over to the provider's counsel"),
    SAY("this demand was joined with another one that you sent: act on that one"),
    SAY("this demand was joined with another one that you sent: withdraw that one"),
    SAY("this production is stopped: ask the provider"),
    SAY("fetch it first: nobody has yet"),
    SAY("this needs your passkey once more"),
    SAY("sign in again before you change the key"),
    SAY("the key is an age recipient: age1..."),
    SAY("needed: where the number was found, independently, and what was checked"),
    SAY("needed: where the number was found, independently of the demand, and who answered what"),
    SAY("needed: what was checked, and where"),
    SAY("a call-back is confirmed, unreached or denied"),
    SAY("the call lies before the demand came"),
    SAY("the call lies in the future"),
    SAY("the second person is another than the first"),
    SAY("the first person named another agency"),
    SAY("a second person confirms the domain"),
    SAY("the domain is known already"),
    SAY("the agency has no such domain"),
    SAY("who left or was refused registers anew"),
    SAY("an officer becomes active by being vetted"),
    SAY("a reason is needed"),
    SAY("more time is asked for already"),
    SAY("more time is asked for until a day to come"),
    SAY("nobody asked for this"),
    SAY("it is answered already"),
    SAY("the other side answers"),
    SAY("the demand was opened meanwhile: withdraw it again"),
    SAY("the demand is withdrawn already"),
    SAY("there is nothing left to withdraw"),
    SAY("who submitted it says who else sees it"),
    SAY("no such colleague is invited"),
    SAY("say which data are wanted"),
    SAY("at most %d fields at once"),
    SAY("an e-mail address has an @"),
    SAY("the part before the @ is not of an e-mail address"),
    SAY("a URL begins with a scheme and ://"),
    SAY("a URL has no blanks"),
    SAY("the URL names no host"),
    SAY("(0) is no part of an international number"),
    SAY("a telephone number has digits only"),
    SAY("a telephone number has 7 to 15 digits"),
    SAY("no country code begins with 0"),
    SAY("an IPv4 address is four numbers from 0 to 255"),
    SAY("not an IPv6 address"),
    SAY("a device id has letters and digits only"),
    SAY("a device id has letters and digits"),
    SAY("the check digit of the IMEI does not fit"),
    SAY("a MAC address is six bytes"),
    SAY("the identifier is empty"),
    SAY("the identifier is longer than %d bytes"),
    SAY("the identifier is not UTF-8"),
    SAY("the identifier has a control character"),
};
enum { KNOWN = sizeof known / sizeof known[0] };

const char *lang_error_at(int i)
{
	return i >= 0 && i < KNOWN ? known[i] : NULL;
}

const char *lang_error(const char *text)
{
	for (int i = 0; i < KNOWN; i++)
		if (strcmp(known[i], text) == 0)
			return lang_say(ANSWER_DE, text).p;
	return text;
}
