#include "audit/tell_word.h"

#include <stdlib.h>

#include "base/plain.h"

struct text {
	const char *key, *en, *de;
};

static const struct text texts[] = {
    /* verdicts */
    {"verdict.safe", "safe", "sicher"},
    {"verdict.unsafe", "unsafe", "unsicher"},
    {"verdict.undecided", "undecided", "unentschieden"},
    {"verdict.contradiction", "contradiction", "Widerspruch"},
    {"verdict.told", "told", "mitgeteilt"},
    {"head.safe", "SAFE", "SICHER"},
    {"head.unsafe", "UNSAFE", "UNSICHER"},
    {"head.undecided", "UNDECIDED", "UNENTSCHIEDEN"},
    {"head.contradiction", "CONTRADICTION", "WIDERSPRUCH"},
    {"head.told", "TOLD", "MITGETEILT"},
    {"made_up", "made up", "erfunden"},

    /* what can be told of a number */
    {"permitted", "Permitted: {0} to {1}, {2} ({3})", "Erlaubt: {0} bis {1}, {2} ({3})"},
    {"range.is", "is exactly {0}", "ist genau {0}"},
    {"range.in", "lies in [{0}, {1}]", "liegt in [{0}, {1}]"},
    {"range.least", "is at least {0}", "ist mindestens {0}"},
    {"range.hole", "{0} and is not {1}", "{0} und ist nicht {1}"},
    {"unsafe", "A reader can tell that {0} {1}, where [{2}, {3}] is permitted:",
	"Wer das liest, kann schließen: {0} {1}, wo [{2}, {3}] erlaubt ist:"},
    {"claim", "A reader can tell that {0} {1}, where {2} to {3} is permitted",
	"Wer das liest, kann schließen: {0} {1}, wo {2} bis {3} erlaubt ist"},
    {"claim.told", "A reader can tell that {0} {1}", "Wer das liest, kann schließen: {0} {1}"},
    {"missing", "{0} of {1} permitted numbers cannot be.",
	"{0} von {1} erlaubten Zahlen scheiden aus."},
    {"missing.least", "at least {0} of {1} permitted numbers cannot be.",
	"mindestens {0} von {1} erlaubten Zahlen scheiden aus."},
    {"told", "A reader can tell that {0} {1}.", "Wer das liest, kann schließen: {0} {1}."},
    {"safe", "Safe: every number in [{0}, {1}] can be; a solution for each of the {2} was checked.",
	"Sicher: Jede Zahl in [{0}, {1}] ist möglich; für jede der {2} wurde eine Lösung geprüft."},
    {"safe.one", "Safe: {0} can be; a solution was checked.",
	"Sicher: {0} ist möglich; eine Lösung wurde geprüft."},
    {"undecided", "Undecided: the search met its limit. That counts as unsafe.",
	"Unentschieden: Die Suche stieß an ihre Grenze. Das gilt als unsicher."},
    {"contradiction", "The figures contradict each other: no numbers fit them all",
	"Die Angaben widersprechen einander: Keine Zahlen passen zu allen"},
    {"contradiction.far", "no protected number is near", "keine geschützte Zahl ist davon berührt"},
    {"bar.permitted", "permitted", "erlaubt  "},
    {"bar.inferred", "inferred ", "ableitbar"},
    {"subject", "the protected number", "Die geschützte Zahl"},
    {"subject.told", "the number asked about", "Die gefragte Zahl"},
    {"picture.title", "The permitted and the inferred range",
	"Der erlaubte und der ableitbare Bereich"},
    {"picture.desc", "Permitted: {0}. A reader can tell: {1}.", "Erlaubt: {0}. Ableitbar: {1}."},
    {"picture.permitted", "permitted", "erlaubt"},
    {"picture.inferred", "a reader can tell", "ableitbar"},

    /* what to change */
    {"plan.title", "{0}", "{0}"},
    {"plan.not_needed", "Every protected number is safe: nothing has to be changed.",
	"Jede geschützte Zahl ist sicher: Nichts muss geändert werden."},
    {"plan.no_cost", "Not safe, and no figure may be changed: none has a cost.",
	"Nicht sicher, und keine Angabe darf geändert werden: Keine hat Kosten."},
    {"plan.none",
	"Nothing helps: with every figure left out that may be changed ({0}), there remain",
	"Nichts hilft: Auch ohne alle Angaben, die geändert werden dürfen ({0}), bleiben"},
    {"plan.remains", "  {0}: {1}", "  {0}: {1}"},
    {"plan.found", "With these changes every protected number is safe:",
	"Mit diesen Änderungen ist jede geschützte Zahl sicher:"},
    {"plan.range", "tell {0} as {1} to {2}", "{0} als {1} bis {2} angeben"},
    {"plan.known", "tell {0} as {1} to {2}, which is known without it",
	"{0} als {1} bis {2} angeben, was auch so bekannt ist"},
    {"plan.merged", "tell {0} and {1} as their sum alone",
	"{0} und {1} nur als ihre Summe angeben"},
    {"plan.out", "leave {0} out", "{0} weglassen"},
    {"plan.was", "(it was: {0}, {1})", "(bisher: {0}, {1})"},
    {"plan.least", "Cost {0}: the least of all combinations of changes.",
	"Kosten {0}: die geringsten aller Verbindungen von Änderungen."},
    {"plan.spared",
	"Cost {0}: no single change of these can be spared or be a milder one; other combinations "
	"may "
	"cost less,\nfor there are too many to judge them all.",
	"Kosten {0}: Keine dieser Änderungen ist entbehrlich oder könnte milder sein; andere "
	"Verbindungen können\nweniger kosten, denn es sind zu viele, um alle zu beurteilen."},
    {"plan.after", "The changed figures were audited in full: {0}.",
	"Die geänderten Angaben wurden ganz geprüft: {0}."},
    {"plan.hidden",
	"No hidden number was looked at, for none is in the file. But that a figure is missing or "
	"wide "
	"may itself tell\nthat it would have given something away: make the same change for every "
	"period. It helps as well to publish\nlater, when the secrecy has ended.",
	"Keine verborgene Zahl wurde angesehen, denn keine steht in der Datei. Dass eine Angabe "
	"fehlt "
	"oder breit ist,\nkann aber selbst verraten, dass sie etwas preisgegeben hätte: Dieselbe "
	"Änderung sollte für jeden Zeitraum\ngelten. Es hilft auch, später zu veröffentlichen, "
	"wenn die "
	"Geheimhaltung geendet hat."},
    {"plan.fault", "nothing that may be changed makes it safe",
	"nichts, was geändert werden darf, macht es sicher"},

    /* the way to read it */
    {"way", "This holds{0}.", "Das gilt{0}."},
    {"way.both", " under both readings of the correction", " in beiden Lesarten der Berichtigung"},
    {"way.intersected", " if what was corrected is held to as well",
	", wenn auch das Berichtigte gelten soll"},
    {"way.superseded", " if what was corrected is taken back",
	", wenn das Berichtigte als zurückgenommen gilt"},
    {"way.none", " with no assumption", " ohne jede Annahme"},
    {"way.none.after", ", with no assumption", ", ohne jede Annahme"},
    {"way.if", " if {0}", ", wenn {0}"},
    {"way.if.after", ", if {0}", ", und wenn {0}"},
    {"way.and", ", and {0}", ", und {0}"},
    {"foreign", "{0}", "gilt: \342\200\236{0}\342\200\234"},

    /* figures and what follows from them */
    {"because.one", "because of this figure:", "wegen dieser Angabe:"},
    {"because.many", "because of these {0} figures:", "wegen dieser {0} Angaben:"},
    {"corrected", "corrected: {0}", "berichtigt: {0}"},
    {"said.exact", "exactly {0}", "genau {0}"},
    {"said.band", "{0} to {1}", "{0} bis {1}"},
    {"said.least", "at least {0}", "mindestens {0}"},
    {"said.released", "at least {0}, by letters made public",
	"mindestens {0}, nach veröffentlichten Schreiben"},
    {"said.most", "at most {0}", "höchstens {0}"},
    {"said.ledger", "at most {0}, by the size of the ledger",
	"höchstens {0}, nach der Länge des Hauptbuchs"},
    {"said.percent", "{0} %", "{0} %"},
    {"said.percent.of", "{0} % of {1}", "{0} % von {1}"},
    {"said.part", "a part of the other", "ein Teil des anderen"},
    {"said.part.of", "a part of {0}", "ein Teil von {0}"},
    {"said.nearest", "{0}, rounded to the nearest multiple of {1}",
	"{0}, gerundet auf das nächste Vielfache von {1}"},
    {"said.down", "{0}, rounded down to a multiple of {1}",
	"{0}, abgerundet auf ein Vielfaches von {1}"},
    {"said.up", "{0}, rounded up to a multiple of {1}",
	"{0}, aufgerundet auf ein Vielfaches von {1}"},
    {"said.either", "{0}, rounded to a neighbouring multiple of {1}",
	"{0}, gerundet auf ein benachbartes Vielfaches von {1}"},
    {"why.less", "not less", "nicht weniger"},
    {"why.more", "not more", "nicht mehr"},
    {"why.hole", "not {0}", "nicht {0}"},
    {"why.all", "all of it cannot be true", "alles zusammen kann nicht stimmen"},
    {"why.straight", "{0}:", "{0}:"},
    {"why.otherwise", "{0}: for otherwise", "{0}, denn sonst:"},
    {"why.closed", "and this cannot be", "und das kann nicht sein"},
    {"why.cases.one", "{1}: found by going through the one case",
	"{1}: gefunden, indem der eine Fall durchgegangen wurde"},
    {"why.cases.many", "{1}: found by going through all cases ({0})",
	"{1}: gefunden, indem alle Fälle durchgegangen wurden ({0})"},
    {"why.adding", "{1}: found by adding figures up, after narrowing down, in steps ({0})",
	"{1}: gefunden durch Einengen und Zusammenzählen in Schritten ({0})"},
    {"why.steps", "{1}: found by narrowing down in steps ({0})",
	"{1}: gefunden durch Einengen in Schritten ({0})"},
    {"step.by", "by {0}): {1}", "nach {0}): {1}"},
    {"step.together", "together: {0}", "zusammen: {0}"},
    {"step.from", "from that: {0}", "daraus: {0}"},
    {"step.least", "{0} is at least {1}", "{0} ist mindestens {1}"},
    {"step.most", "{0} is at most {1}", "{0} ist höchstens {1}"},
    {"step.least.page", "{0}: at least {1}", "{0}: mindestens {1}"},
    {"step.most.page", "{0}: at most {1}", "{0}: höchstens {1}"},
    {"step.by.page", "By figure {0}: {1}", "Nach Angabe {0}: {1}"},
    {"step.together.page", "Together: {0}", "Zusammen: {0}"},
    {"step.from.page", "From that: {0}", "Daraus: {0}"},
    {"step.add.page", "Add figure {0}, {1} times", "Dazu Angabe {0}, {1}-mal"},
    {"step.false", "this cannot be", "das kann nicht sein"},
    {"step.sum", "this sum cannot be", "diese Summe kann nicht sein"},
    {"step.add", "add {0}), {1} times", "dazu {0}), {1}-mal"},
    {"step.add.target", "add {0} times what the number asked about is made of",
	"dazu {0}-mal, woraus die gefragte Zahl besteht"},

    /* the end */
    {"safe_count.one", "{0} protected number is safe", "{0} geschützte Zahl ist sicher"},
    {"safe_count.many", "{0} protected numbers are safe", "{0} geschützte Zahlen sind sicher"},
    {"not_count.one", ", {0} is not", ", {0} ist es nicht"},
    {"not_count.many", ", {0} are not", ", {0} sind es nicht"},
    {"elsewhere.one", "; {0} contradiction elsewhere", "; {0} Widerspruch an anderer Stelle"},
    {"elsewhere.many", "; {0} contradictions elsewhere", "; {0} Widersprüche an anderer Stelle"},
    {"fault",
	"not every protected number is safe: what is published gives more away than is permitted, "
	"contradicts itself, or could not be decided",
	"nicht jede geschützte Zahl ist sicher: Was veröffentlicht ist, gibt mehr preis als "
	"erlaubt, widerspricht sich, oder ließ sich nicht entscheiden"},
};

const char *tell_word(enum tell_lang lang, const char *key)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(texts[i].key, key) == 0)
			return lang == TELL_DE ? texts[i].de : texts[i].en;
	abort();
}

bool tell_word_lang(struct str word, enum tell_lang *ret)
{
	if (!str_is(word, "en") && !str_is(word, "de"))
		return false;
	*ret = str_is(word, "de") ? TELL_DE : TELL_EN;
	return true;
}

void tell_word_put(
    struct buf *b, enum tell_lang lang, const char *key, const struct str *args, size_t n)
{
	for (const char *p = tell_word(lang, key); *p != '\0'; p++) {
		if (p[0] != '{') {
			buf_putc(b, *p);
			continue;
		}
		if ((size_t)(p[1] - '0') >= n || p[2] != '}')
			abort();
		plain_put(b, args[p[1] - '0']);
		p += 2;
	}
}

void tell_word_count(struct buf *b, enum tell_lang lang, const char *key, struct str n)
{
	struct str full = str_fmt(b->c, "%s.%s", key, str_is(n, "1") ? "one" : "many");

	tell_word_put(b, lang, full.p, &n, 1);
}

bool tell_word_each(size_t i, const char **ret_key, const char **ret_en, const char **ret_de)
{
	if (i >= sizeof texts / sizeof texts[0])
		return false;
	*ret_key = texts[i].key;
	*ret_en = texts[i].en;
	*ret_de = texts[i].de;
	return true;
}
