/*
 * Letters on an order (out/letter.h). The first paragraph is the subject, the last one the end;
 * what stands between says no more than the case shows: no letter says whether there is an account
 * but those that go with the data.
 */
#include "desk/reply_p.h"

#define EN_DEAR "\n\nDear Sir or Madam,\n\n"
#define EN_END "\n\nYours faithfully\n{provider}\n"
#define DE_DEAR "\n\nSehr geehrte Damen und Herren,\n\n"
/* Room for a signature: it stays with the line above. */
#define SIGN_HERE "\n\u00A0\n________________________________________\n\n"
#define DE_END "\n\nMit freundlichen Grüßen\n{provider}\n"

const struct reply_letter reply_letters[] = {
    {"acknowledgement", "en",
	"Receipt of your order {number}" EN_DEAR
	"Your order reached us on {received}. We keep it under the reference {case}; please name "
	"it whenever you write to us.\n\nThis letter confirms receipt and nothing else. It does "
	"not say whether the order will be carried out, nor whether we hold any data." EN_END},
    {"acknowledgement", "de",
	"Eingang Ihres Ersuchens {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen. Wir führen es unter dem Zeichen "
	"{case}; bitte geben Sie es bei jedem Schreiben an.\n\nDieses Schreiben bestätigt nur den "
	"Eingang. Es sagt nichts darüber, ob dem Ersuchen entsprochen wird und ob uns Daten "
	"vorliegen." DE_END},
    {"question", "en",
	"Question on your order {number}" EN_DEAR
	"Your order reached us on {received}: {instrument}. Before we can go on with it, we need "
	"an answer to this:\n\n{question}\n\nPlease answer under our reference {case}." EN_END},
    {"question", "de",
	"Rückfrage zu Ihrem Ersuchen {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Bevor wir es weiter "
	"bearbeiten können, brauchen wir eine Antwort auf diese Frage:\n\n{question}\n\nBitte "
	"antworten Sie unter unserem Zeichen {case}." DE_END},
    {"refusal", "en",
	"Refusal of your order {number}" EN_DEAR
	"We have examined your order, which reached us on {received}: {instrument}. We cannot "
	"carry it out for this reason:\n\n{reason}\n\n{law}\n\nWhat is refused was not given out. "
	"This letter does not say whether we hold any data. If what is missing can be mended, "
	"please send us a new or corrected order and name our reference {case}; it will be "
	"examined anew." EN_END},
    {"refusal", "de",
	"Ablehnung Ihres Ersuchens {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Wir haben es geprüft "
	"und können ihm aus diesem Grund nicht entsprechen:\n\n{reason}\n\n{law}\n\nWas abgelehnt "
	"ist, wurde nicht herausgegeben. Dieses Schreiben sagt nichts darüber, ob uns Daten "
	"vorliegen. Lässt sich der Mangel beheben, so senden Sie uns bitte ein neues oder "
	"berichtigtes Ersuchen und geben Sie unser Zeichen {case} an; es wird neu geprüft." DE_END},
    {"cover", "en",
	"Data on your order {number}" EN_DEAR
	"Your order reached us on {received}: {instrument}. In answer to it you receive data under "
	"our reference {case}.\n\nThe files are sealed for you. The manifest that comes with them "
	"names each file with its checksum; please compare these before you use the files, and "
	"tell us if one cannot be opened.\n\nIf these data are not for you, please do not open "
	"them, and tell us at once." EN_END},
    {"cover", "de",
	"Daten zu Ihrem Ersuchen {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Sie erhalten darauf "
	"Daten unter unserem Zeichen {case}.\n\nDie Dateien sind für Sie verschlüsselt. Das "
	"Verzeichnis, das ihnen beiliegt, nennt jede Datei mit ihrer Prüfsumme; bitte vergleichen "
	"Sie diese, bevor Sie die Dateien verwenden, und sagen Sie uns, wenn sich eine nicht "
	"öffnen lässt.\n\nSind diese Daten nicht für Sie bestimmt, so öffnen Sie sie bitte nicht "
	"und sagen Sie es uns sofort." DE_END},
    {"certification", "en",
	"Certificate for records handed over on your order {number}\n\nThe records that were "
	"handed over under our reference {case} on this order, {instrument}, were taken from the "
	"systems in which {provider} keeps them in the course of its business.\n\nThe manifest "
	"that comes with them names each file with its checksum. By these anybody can find whether "
	"a file was changed after it left us.\n\nThis certificate says nothing about who wrote, "
	"sent or caused what the records hold.\n\nSigned for "
	"{provider}\n\n________________________________________\nPlace, day, name, function, "
	"signature\n"},
    {"certification", "de",
	"Bescheinigung zu den auf Ihr Ersuchen {number} herausgegebenen Aufzeichnungen\n\nDie "
	"Aufzeichnungen, die unter unserem Zeichen {case} auf dieses Ersuchen, {instrument}, "
	"herausgegeben wurden, stammen aus den Systemen, in denen {provider} sie im Rahmen des "
	"Geschäftsbetriebs führt.\n\nDas Verzeichnis, das ihnen beiliegt, nennt jede Datei mit "
	"ihrer Prüfsumme. Daran kann jeder feststellen, ob eine Datei verändert wurde, nachdem sie "
	"unser Haus verlassen hat.\n\nDiese Bescheinigung sagt nichts darüber, wer das "
	"geschrieben, gesendet oder veranlasst hat, was die Aufzeichnungen enthalten.\n\nFür "
	"{provider}\n\n________________________________________\nOrt, Tag, Name, Funktion, "
	"Unterschrift\n"},
    {"notice", "en",
	"An authority asked for data of your account\n\nDear customer,\n\nOn {received} we "
	"received an order about data of your account: {instrument}. It comes from {authority}, "
	"whose reference is {number}.\n\nNothing bars us from telling you of it, so we do. If you "
	"want to object, turn to that authority or to a court, and let us know. We may not advise "
	"you; a lawyer can tell you what you can do against it.\n\nYou can ask us for a copy of "
	"the "
	"order; you get it where we are allowed to give it. Please name our reference {case} "
	"whenever you write to us about this." EN_END},
    {"notice", "de",
	"Eine Behörde hat Daten zu Ihrem Konto verlangt\n\nGuten Tag,\n\nam {received} haben wir "
	"ein Ersuchen um Daten zu Ihrem Konto erhalten: {instrument}. Es kommt von {authority}; "
	"das dortige Zeichen ist {number}.\n\nNichts hindert uns, Ihnen das mitzuteilen; deshalb "
	"tun wir es. Wollen Sie Einwände erheben, wenden Sie sich an diese Behörde oder an ein "
	"Gericht, und teilen Sie es uns mit. Beraten dürfen wir Sie nicht; was Sie dagegen tun "
	"können, sagt Ihnen eine Rechtsanwältin oder ein Rechtsanwalt.\n\nSie können uns um eine "
	"Kopie des Ersuchens bitten; Sie erhalten sie, soweit wir sie herausgeben dürfen. Bitte "
	"geben Sie unser Zeichen {case} an, wenn Sie uns dazu schreiben." DE_END},
    {"withdrawal", "en",
	"Withdrawal of your order {number}" EN_DEAR
	"You withdrew your order, which reached us on {received}: {instrument}. We have ended our "
	"work on it; nothing more is given out on it.\n\nShould you need the data after all, "
	"please send us a new order." EN_END},
    {"withdrawal", "de",
	"Rücknahme Ihres Ersuchens {number}" DE_DEAR
	"Ihr Ersuchen, das am {received} bei uns eingegangen ist, haben Sie zurückgenommen: "
	"{instrument}. Wir haben die Bearbeitung beendet; darauf wird nichts mehr "
	"herausgegeben.\n\nBrauchen Sie die Daten doch, so senden Sie uns bitte ein neues "
	"Ersuchen." DE_END},
    {"claim", "en",
	"Claim for costs, your order {number}" EN_DEAR
	"Your order reached us on {received}: {instrument}. For carrying it out we claim our "
	"costs. The enclosed statement names each position with its amount and with the rule on "
	"which it rests.\n\nPlease name our reference {case} when you pay." EN_END},
    {"claim", "de",
	"Kosten zu Ihrem Ersuchen {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Für die Erledigung "
	"machen wir unsere Kosten geltend. Die beigefügte Aufstellung nennt jede Position mit "
	"ihrem Betrag und der Vorschrift, auf der sie beruht.\n\nBitte geben Sie bei der Zahlung "
	"unser Zeichen {case} an." DE_END},
    {"recall", "en",
	"Recall of data on your order {number}" EN_DEAR
	"On your order {instrument}, which reached us on {received}, we handed over data under our "
	"reference {case}. The ground on which they were handed over has fallen since.\n\n{facts}"
	"\n\n{law}\n\nPlease delete these data and every copy of them, or otherwise restrict their "
	"use where they cannot be deleted, do not use them, and tell those to whom you passed them "
	"on. Please confirm in writing under our reference what was done." EN_END},
    {"recall", "de",
	"Rückruf von Daten zu Ihrem Ersuchen {number}" DE_DEAR
	"auf Ihr Ersuchen {instrument}, das am {received} bei uns eingegangen ist, haben wir Daten "
	"unter unserem Zeichen {case} herausgegeben. Der Grund, aus dem sie herausgegeben wurden, "
	"ist seitdem entfallen.\n\n{facts}\n\n{law}\n\nBitte löschen Sie diese Daten und jede "
	"Kopie davon, oder schränken Sie ihre Verwendung ein, wo sie sich nicht löschen lassen, "
	"verwenden Sie sie nicht und unterrichten Sie alle, an die Sie sie weitergegeben haben. "
	"Bitte bestätigen Sie uns schriftlich unter unserem Zeichen, was geschehen ist." DE_END},
    {"misdelivery", "en",
	"Files that are not for you" EN_DEAR
	"By mistake files reached you that are meant for somebody else.\n\n{facts}\n\nThey are "
	"sealed. Please do not try to open them, do not pass them on, delete them and every copy "
	"of "
	"them, and send back a medium on which they came. Please confirm in writing under our "
	"reference that this was done, and on which day." EN_END},
    {"misdelivery", "de",
	"Dateien, die nicht für Sie bestimmt sind" DE_DEAR
	"versehentlich sind Dateien an Sie gelangt, die für jemand anderen bestimmt sind.\n\n"
	"{facts}\n\nSie sind verschlüsselt. Bitte versuchen Sie nicht, sie zu öffnen, geben Sie "
	"sie "
	"nicht weiter, löschen Sie sie und jede Kopie davon, und senden Sie einen Datenträger "
	"zurück, auf dem sie kamen. Bitte bestätigen Sie uns schriftlich unter unserem Zeichen, "
	"dass und an welchem Tag das geschehen ist." DE_END},
    {"redirect", "en",
	"Whom to ask, your order {number}" EN_DEAR
	"Your order reached us on {received}: {instrument}. The data that it asks for are those of "
	"a "
	"customer who controls them; we keep them on the customer's behalf. Please turn to the "
	"customer:\n\n{facts}\n\nNothing was given out on your order. This letter does not say "
	"whether there are any data." EN_END},
    {"redirect", "de",
	"An wen Sie sich wenden können, Ihr Ersuchen {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Die verlangten Daten "
	"sind "
	"solche eines Kunden, der für sie verantwortlich ist; wir halten sie in dessen Auftrag. "
	"Bitte wenden Sie sich an den Kunden:\n\n{facts}\n\nAuf Ihr Ersuchen wurde nichts "
	"herausgegeben. Dieses Schreiben sagt nichts darüber, ob es Daten gibt." DE_END},
    {"protocol", "en",
	"Protocol of a medium, your order {number}\n\nOn this medium data are handed over on the "
	"order {instrument}, which reached us on {received}.\n\n{facts}\n\nThe file was read back "
	"and compared. Neither a key nor a password that opens it is on the medium.\n\nHanded over "
	"(place, day, time, name, signature):" SIGN_HERE
	"Received, the seal unbroken (place, day, time, "
	"name, signature):" SIGN_HERE "{provider}\n"},
    {"protocol", "de",
	"Übergabeprotokoll, Ihr Ersuchen {number}\n\nMit diesem Datenträger werden Daten zu dem "
	"Ersuchen {instrument} übergeben, eingegangen am {received}.\n\n{facts}\n\nDie Datei wurde "
	"zurückgelesen und verglichen. Weder ein Schlüssel noch ein Passwort dazu liegt auf dem "
	"Datenträger.\n\nÜbergeben (Ort, Tag, Uhrzeit, Name, Unterschrift):" SIGN_HERE
	"Empfangen, Siegel unversehrt (Ort, Tag, Uhrzeit, Name, Unterschrift):" SIGN_HERE
	"{provider}\n"},
    {"transfer", "en",
	"Manifest of evidence, your order {number}" EN_DEAR
	"Your order reached us on {received}: {instrument}. The evidence on it was transmitted by "
	"other means than the decentralised IT system.\n\n{facts}\n\nPlease compare the checksum "
	"before you use the file." EN_END},
    {"transfer", "de",
	"Verzeichnis zu elektronischen Beweismitteln, Ihr Ersuchen {number}" DE_DEAR
	"Ihr Ersuchen ist am {received} bei uns eingegangen: {instrument}. Die Beweismittel dazu "
	"wurden auf anderem Weg als über das dezentrale IT-System übermittelt.\n\n{facts}\n\nBitte "
	"vergleichen Sie die Prüfsumme, bevor Sie die Datei verwenden." DE_END},
};

const size_t reply_n_letters = sizeof reply_letters / sizeof reply_letters[0];
_Static_assert(
    sizeof reply_letters / sizeof reply_letters[0] <= REPLY_LETTERS_MAX, "more than said");
