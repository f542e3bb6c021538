/*
 * Letters to senders of what is no demand for data: what it was taken for, that nothing was done on
 * it here, and where it belongs. They promise nothing, name no account, and say of no person
 * whether an account exists.
 */
#include "desk/reply_p.h"

#define EN_HEAD                                                                                    \
	"{provider}\n{today}\n\nTo: {authority}\nYour reference: {number}\nOur reference: "        \
	"{reference}\n\n"
#define DE_HEAD                                                                                    \
	"{provider}\n{today}\n\nAn: {authority}\nIhr Zeichen: {number}\nUnser Zeichen: "           \
	"{reference}\n\n"
#define EN_END                                                                                     \
	"\n\nNothing was looked up and nothing was given out on your letter. If you do "           \
	"need data of a user, send the order or the statement of grounds on which the law lets "   \
	"us "                                                                                      \
	"give them.\n"
#define DE_END                                                                                     \
	"\n\nAuf Ihr Schreiben wurde nichts erhoben und nichts herausgegeben. Brauchen Sie doch "  \
	"Daten eines Nutzers, senden Sie uns bitte die Anordnung oder die Angabe der "             \
	"Rechtsgrundlage, auf der wir sie herausgeben dürfen.\n"

static const struct reply_letter letters[] = {
    {"take_down", "en",
	EN_HEAD "Your letter of {received} asks us to remove or block content. It is no demand "
		"for data of a user, so it is not handled by the office that answers such demands. "
		"We have passed it to those who decide on content; they answer you." EN_END},
    {"take_down", "de",
	DE_HEAD "mit Ihrem am {received} eingegangenen Schreiben verlangen Sie, Inhalte zu "
		"entfernen oder zu sperren. Das ist kein Ersuchen um Daten eines Nutzers und wird "
		"nicht von der Stelle bearbeitet, die solche Ersuchen beantwortet. Wir haben es an "
		"die Stelle weitergegeben, die über Inhalte entscheidet; sie antwortet "
		"Ihnen." DE_END},
    {"civil_party", "en",
	EN_HEAD
	"Your letter of {received} comes from a party to a dispute, not from an authority. "
	"We give data of users to private parties only on a court's order that is addressed "
	"to us and that the law lets us follow." EN_END},
    {"civil_party", "de",
	DE_HEAD
	"Ihr am {received} eingegangenes Schreiben kommt von einer Partei eines "
	"Rechtsstreits, nicht von einer Behörde. Daten von Nutzern geben wir an Private nur "
	"auf Anordnung eines Gerichts heraus, die sich an uns richtet und der wir nach dem "
	"Gesetz folgen dürfen." DE_END},
    {"testimony", "en",
	EN_HEAD "Your letter of {received} asks for a person to testify. It is no demand for data "
		"of a user. We have passed it to our counsel, who answers you." EN_END},
    {"testimony", "de",
	DE_HEAD "mit Ihrem am {received} eingegangenen Schreiben bitten Sie um eine Aussage als "
		"Zeuge. Das ist kein Ersuchen um Daten eines Nutzers. Wir haben es an unsere "
		"Rechtsabteilung weitergegeben; sie antwortet Ihnen." DE_END},
    {"data_subject", "en",
	EN_HEAD "Your letter of {received} asks about data on yourself. It is no demand of an "
		"authority. We have passed it to those who answer such requests; they may have to "
		"ask who you are first." EN_END},
    {"data_subject", "de",
	DE_HEAD "mit Ihrem am {received} eingegangenen Schreiben fragen Sie nach Daten zu Ihrer "
		"eigenen Person. Das ist kein Ersuchen einer Behörde. Wir haben es an die Stelle "
		"weitergegeben, die solche Anfragen beantwortet; sie muss sich unter Umständen "
		"zuerst vergewissern, wer Sie sind." DE_END},
    {"press", "en",
	EN_HEAD
	"Your letter of {received} is a question of the press. What we publish on demands "
	"for data stands in our report; those who answer the press have your letter." EN_END},
    {"press", "de",
	DE_HEAD
	"Ihr am {received} eingegangenes Schreiben ist eine Anfrage der Presse. Was wir "
	"über Ersuchen um Daten veröffentlichen, steht in unserem Bericht; die Pressestelle "
	"hat Ihr Schreiben." DE_END},
    {"other", "en",
	EN_HEAD
	"We received your letter on {received}. As far as we can see it is no demand for "
	"data of a user. If it is meant to be one, please say on what law it rests and which "
	"account it is about." EN_END},
    {"other", "de",
	DE_HEAD
	"Ihr Schreiben ist am {received} bei uns eingegangen. Soweit wir sehen, ist es kein "
	"Ersuchen um Daten eines Nutzers. Soll es eines sein, nennen Sie uns bitte die "
	"Rechtsgrundlage und das Konto, um das es geht." DE_END},
    {"access_nothing", "en",
	"Demands of authorities for data of {question}\n\nYou asked whether authorities demanded "
	"data of this account from {provider}.\n\nWe can tell you of no such demand. We say so, in "
	"these words, where there was none, and also where there was one of which we may not tell. "
	"So this letter says neither that there was one nor that there was none.\n\nYou may ask us "
	"again at any time. If something may be told later, we write to you.\n"},
    {"access_nothing", "de",
	"Ersuchen von Behörden um Daten von {question}\n\nSie haben gefragt, ob Behörden bei "
	"{provider} Daten dieses Kontos verlangt haben.\n\nWir können Ihnen kein solches Ersuchen "
	"nennen. Das schreiben wir mit diesen Worten, wenn es keines gab, und ebenso, wenn es "
	"eines "
	"gab, von dem wir nicht berichten dürfen. Dieser Brief sagt also weder, dass es eines gab, "
	"noch, dass es keines gab.\n\nSie können uns jederzeit wieder fragen. Dürfen wir später "
	"etwas mitteilen, schreiben wir Ihnen.\n"},
    {"access_told", "en",
	"Demands of authorities for data of {question}\n\nYou asked whether authorities demanded "
	"data of this account from {provider}.\n\nWe can tell you of these:\n{reason}\n\nWhere "
	"there "
	"is one of which we may not tell, we do not say so. So this letter does not say that there "
	"were no others.\n\nYou may ask us again at any time. If something may be told later, we "
	"write to you.\n"},
    {"access_told", "de",
	"Ersuchen von Behörden um Daten von {question}\n\nSie haben gefragt, ob Behörden bei "
	"{provider} Daten dieses Kontos verlangt haben.\n\nDiese können wir Ihnen "
	"nennen:\n{reason}\n\n"
	"Gibt es eines, von dem wir nicht berichten dürfen, sagen wir es nicht. Dieser Brief sagt "
	"also nicht, dass es keine weiteren gab.\n\nSie können uns jederzeit wieder fragen. Dürfen "
	"wir später etwas mitteilen, schreiben wir Ihnen.\n"},
    {"sealed_mail", "en",
	"Sealed files, our reference {reference}\n\nThe attached file is sealed to your key. "
	"Nobody "
	"else can open it.\n\nOur reference: {reference}\n\nIf this mail is not for you, please do "
	"not try to open the file, delete the mail, and tell us under our "
	"reference.\n\n{provider}\n"},
    {"sealed_mail", "de",
	"Versiegelte Dateien, unser Zeichen {reference}\n\nDie Datei im Anhang ist für Ihren "
	"Schlüssel versiegelt. Niemand sonst kann sie öffnen.\n\nUnser Zeichen: {reference}\n\nIst "
	"diese Mail nicht für Sie bestimmt, so versuchen Sie bitte nicht, die Datei zu öffnen, "
	"löschen Sie die Mail und sagen Sie es uns unter unserem Zeichen.\n\n{provider}\n"},
};

enum { LETTERS = sizeof letters / sizeof letters[0] };
_Static_assert(LETTERS + REPLY_LETTERS_MAX <= 64, "reply_each keeps one bit for each");

bool reply_builtin_at(
    size_t i, struct str *ret_name, struct str *ret_language, struct str *ret_text)
{
	const struct reply_letter *l;

	if (i >= LETTERS + reply_n_letters)
		return false;
	l = i < LETTERS ? &letters[i] : &reply_letters[i - LETTERS];
	*ret_name = str_of(l->name);
	*ret_language = str_of(l->language);
	*ret_text = str_of(l->text);
	return true;
}

struct str reply_builtin(struct str name, struct str language)
{
	struct str n, l, text;

	for (size_t i = 0; reply_builtin_at(i, &n, &l, &text); i++)
		if (str_eq(n, name) && str_eq(l, language))
			return text;
	return (struct str){NULL, 0};
}
