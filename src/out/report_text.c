#include "out/report_text.h"

#include "stat/tally.h"

#include <stdlib.h>

struct text {
	const char *key, *en, *de;
};

static const struct text texts[] = {
    {"skip", "Skip to the figures", "Zu den Zahlen"},
    {"title", "Government demands for user data", "Staatliche Ersuchen um Nutzerdaten"},
    {"other_lang", "Deutsch", "English"},
    {"draft", "Draft. Not published: figures may still change.",
	"Entwurf. Nicht veröffentlicht: Die Zahlen können sich noch ändern."},
    {"version", "Version", "Fassung"},
    {"as_of", "accurate as of", "Stand"},
    {"published", "published", "veröffentlicht am"},
    {"glance", "At a glance", "Auf einen Blick"},
    {"tile.requests", "demands received", "Ersuchen eingegangen"},
    {"tile.accounts", "accounts named in them", "darin genannte Konten"},
    {"tile.countries", "countries", "Staaten"},
    {"tile.content", "led to content being disclosed", "führten zur Herausgabe von Inhalten"},
    {"tile.rejected", "were rejected", "wurden abgelehnt"},
    {"tile.not_stated", "not stated", "nicht angegeben"},
    {"tile.no_natsec",
	"All exact figures on this page are without national-security process, for which the law "
	"prescribes its own form; see below.",
	"Alle genauen Zahlen dieser Seite sind ohne Anordnungen der nationalen Sicherheit, für die "
	"das "
	"Gesetz eine eigene Form vorschreibt; siehe unten."},
    {"outcomes", "What became of the demands", "Was aus den Ersuchen wurde"},
    {"outcomes.desc", "One bar, divided by outcome; the table below has the same numbers.",
	"Ein Balken, geteilt nach Ergebnis; die Tabelle darunter hat dieselben Zahlen."},
    {"outcomes.caption", "Demands by outcome. Each counted demand is in exactly one row.",
	"Ersuchen nach Ergebnis. Jedes gezählte Ersuchen steht in genau einer Zeile."},
    {"col.outcome", "Outcome", "Ergebnis"},
    {"col.requests", "Demands", "Ersuchen"},
    {"col.accounts", "Accounts", "Konten"},
    {"col.share", "Share", "Anteil"},
    {"col.code", "Code", "Kürzel"},
    {"col.note", "Note", "Anmerkung"},
    {"col.country", "Country", "Staat"},
    {"col.class", "Instrument", "Instrument"},
    {"col.reason", "Reason", "Grund"},
    {"col.channel", "Channel", "Weg"},
    {"col.kind", "Kind", "Art"},
    {"col.number", "Number", "Zahl"},
    {"col.law", "Law", "Recht"},
    {"total", "Total", "Insgesamt"},
    {"col.period", "Period", "Zeitraum"},
    {"col.version", "Version", "Fassung"},
    {"col.published", "Published", "Veröffentlicht"},
    {"col.files", "Files", "Dateien"},
    {"col.figure", "Figure", "Zahl"},
    {"col.before", "Before", "Vorher"},
    {"col.after", "Now", "Jetzt"},
    {"site.intro", "Every report we have published, as it stood and as it stands.",
	"Alle Berichte, die wir veröffentlicht haben, wie sie waren und wie sie sind."},
    {"site.none", "No report has been published yet.", "Noch ist kein Bericht veröffentlicht."},
    {"site.editions", "Reports", "Berichte"},
    {"site.editions.caption",
	"All published reports, newest period first. A corrected report stays; the version after "
	"it says what changed.",
	"Alle veröffentlichten Berichte, der neueste Zeitraum zuerst. Ein berichtigter Bericht "
	"bleibt stehen; die "
	"Fassung danach sagt, was sich geändert hat."},
    {"site.replaced", "(corrected since)", "(seither berichtigt)"},
    {"site.changed", "what changed", "was sich änderte"},
    {"site.trend", "Demands over time", "Ersuchen im Lauf der Zeit"},
    {"site.trend.desc",
	"A bar for each period in the colours of its outcomes, from the newest version of its "
	"report.",
	"Ein Balken für jeden Zeitraum in den Farben seiner Ergebnisse, nach der neuesten Fassung "
	"des Berichts."},
    {"site.countries", "By country", "Nach Staaten"},
    {"site.countries.intro", "Each country that a report names, over all periods.",
	"Jeder Staat, den ein Bericht nennt, über alle Zeiträume."},
    {"site.land.desc",
	"A bar for each period in which a demand from this country was counted, in the colours of "
	"the outcomes.",
	"Ein Balken für jeden Zeitraum, in dem ein Ersuchen aus diesem Staat gezählt wurde, in den "
	"Farben der Ergebnisse."},
    {"site.land.caption", "Demands and accounts by period, and what became of the demands.",
	"Ersuchen und Konten nach Zeiträumen, und was aus den Ersuchen wurde."},
    {"site.absent", "An empty row: that report counts no demand from this country.",
	"Eine leere Zeile: Dieser Bericht zählt kein Ersuchen aus diesem Staat."},
    {"site.changes", "What this version changed", "Was diese Fassung ändert"},
    {"site.changes.caption",
	"Figures that differ from the version before, with the old and the new value.",
	"Zahlen, die von der Fassung davor abweichen, mit altem und neuem Wert."},
    {"site.unchanged", "No figure differs.", "Keine Zahl weicht ab."},
    {"site.feed", "News as an Atom feed", "Neuigkeiten als Atom-Feed"},
    {"statement", "Statement", "Erklärung"},
    {"statement.skip", "Skip to the statement", "Zur Erklärung"},
    {"statement.intro",
	"What we say beside the figures: dated updates, what we may not say, and what we do about "
	"it.",
	"Was wir neben den Zahlen sagen: datierte Mitteilungen, was wir nicht sagen dürfen und was "
	"wir dagegen tun."},
    {"statement.newest", "Newest update:", "Neueste Mitteilung:"},
    {"statement.updates", "Updates", "Mitteilungen"},
    {"statement.update", "Update", "Mitteilung"},
    {"statement.replaces", "replaces", "ersetzt"},
    {"statement.replaced", "replaced by", "ersetzt durch"},
    {"statement.editions", "Reports concerned:", "Betroffene Berichte:"},
    {"statement.untranslated", "Not translated; here is the German text.",
	"Nicht übersetzt; hier steht der englische Text."},
    {"statement.never", "What we state as of a day", "Was wir zum Stand eines Tages erklären"},
    {"statement.as_of", "Accurate as of", "Stand"},
    {"statement.never.none", "No sentence is stated here at present.",
	"Zurzeit wird hier kein Satz erklärt."},
    {"statement.never.note",
	"Each sentence holds as of its day and for a limited time. One that stood here before and "
	"is gone is no longer stated. That does not say that it has become untrue, nor that it is "
	"still true: a sentence goes in the same way whether its time ran out, it was taken back, "
	"or it was not renewed.",
	"Jeder Satz gilt zum Stand seines Tages und für begrenzte Zeit. Ein Satz, der hier stand "
	"und fehlt, wird nicht mehr erklärt. Das besagt weder, dass er unwahr geworden ist, noch "
	"dass er weiterhin wahr ist: Ein Satz fällt auf dieselbe Weise weg, ob seine Zeit "
	"abgelaufen ist, ob er zurückgenommen oder nicht erneuert wurde."},
    {"statement.restraints", "What we may not say", "Was wir nicht sagen dürfen"},
    {"statement.since", "Since", "Seit dem"},
    {"statement.until", "until", "bis zum"},
    {"statement.law", "Law:", "Recht:"},
    {"statement.law.entered", "as entered", "wie eingetragen"},
    {"statement.law.unverified", "not verified against the source", "nicht an der Quelle geprüft"},
    {"statement.record", "Litigation and negotiation", "Verfahren und Verhandlungen"},
    {"statement.outcome", "Outcome:", "Ergebnis:"},
    {"statement.follows", "Follows:", "Folgt auf:"},
    {"statement.corrected", "Corrected by:", "Berichtigt durch:"},
    {"statement.principles", "Our principles", "Unsere Grundsätze"},
    {"proceeding.asked", "Permission asked for", "Erlaubnis beantragt"},
    {"proceeding.granted", "Permission granted", "Erlaubnis erteilt"},
    {"proceeding.request", "Request to an authority", "Bitte an eine Behörde"},
    {"proceeding.talks", "Talks", "Gespräche"},
    {"proceeding.suit", "Suit", "Klage"},
    {"proceeding.decision", "Decision", "Entscheidung"},
    {"feed.update", "Update", "Mitteilung"},
    {"feed.edition", "Report:", "Bericht:"},
    {"feed.correction", "Correction:", "Berichtigung:"},
    {"feed.version", "version", "Fassung"},
    {"feed.requests", "demands, accurate as of", "Ersuchen, Stand"},
    {"feed.changed", "figures differ from version", "Zahlen weichen ab von Fassung"},
    {"list.desc", "A bar for each row of the table below.",
	"Ein Balken für jede Zeile der Tabelle darunter."},
    {"sheet.overview", "Overview", "Überblick"},
    {"sheet.outcomes", "Outcomes", "Ergebnisse"},
    {"sheet.countries", "Countries", "Staaten"},
    {"sheet.natsec", "National security", "Nationale Sicherheit"},
    {"sheet.classes", "Instruments", "Instrumente"},
    {"sheet.refusals", "Refusals", "Ablehnungen"},
    {"sheet.channels", "Channels", "Wege"},
    {"sheet.beside", "Beside the outcomes", "Neben den Ergebnissen"},
    {"sheet.imported", "Sources", "Quellen"},
    {"sheet.figures", "Figures", "Zahlen"},
    {"outcome.content", "Content disclosed", "Inhalte herausgegeben"},
    {"outcome.noncontent", "Only non-content disclosed", "Nur andere Daten herausgegeben"},
    {"outcome.no_data", "No data found", "Keine Daten gefunden"},
    {"outcome.rejected", "Rejected", "Abgelehnt"},
    {"outcome.annex3", "Answered by Annex III", "Mit Anhang III beantwortet"},
    {"outcome.withdrawn", "Withdrawn", "Zurückgenommen"},
    {"outcome.redirected", "Redirected to the customer", "An den Kunden verwiesen"},
    {"outcome.pending", "Pending", "Offen"},
    {"outcome.not_recorded", "Not recorded", "Nicht überliefert"},
    {"countries", "Demands by country", "Ersuchen nach Staaten"},
    {"countries.desc",
	"Bars of the number of demands for the countries with most of them; the table below has "
	"every "
	"country.",
	"Balken mit der Zahl der Ersuchen für die Staaten mit den meisten; die Tabelle darunter "
	"hat jeden "
	"Staat."},
    {"countries.rest", "All other countries", "Alle übrigen Staaten"},
    {"countries.caption",
	"Demands and accounts by country, and what became of the demands. Sorted by name.",
	"Ersuchen und Konten nach Staaten, und was aus den Ersuchen wurde. Nach Namen geordnet."},
    {"countries.left_out", "Outcomes that no demand had are left out as columns:",
	"Ergebnisse, die kein Ersuchen hatte, sind als Spalten weggelassen:"},
    {"mark.imported", "imported, see below", "übernommen, siehe unten"},
    {"classes", "By what instrument", "Mit welchem Instrument"},
    {"classes.caption", "Demands by public class of the instrument.",
	"Ersuchen nach öffentlicher Klasse des Instruments."},
    {"class.subpoena", "Subpoena", "Subpoena"},
    {"class.court_order", "Court order", "Gerichtliche Anordnung"},
    {"class.warrant", "Search warrant", "Durchsuchungsbeschluss"},
    {"class.emergency", "Emergency request", "Notfallersuchen"},
    {"class.preservation", "Preservation request", "Sicherungsersuchen"},
    {"class.subscriber_request", "Request for subscriber data", "Bestandsdatenersuchen"},
    {"class.production_order", "Production order", "Herausgabeanordnung"},
    {"class.consent", "Consent of the subscriber", "Einwilligung des Inhabers"},
    {"class.realtime", "Real-time order", "Anordnung in Echtzeit"},
    {"class.agreement", "Under an executive agreement", "Aufgrund eines Abkommens"},
    {"class.capability", "Demand for access or capability", "Verlangen nach Zugang oder Fähigkeit"},
    {"class.other", "Other, or not told apart", "Anderes oder nicht unterschieden"},
    {"refusals", "Why demands were rejected", "Warum Ersuchen abgelehnt wurden"},
    {"refusals.caption", "Rejected demands by reason.", "Abgelehnte Ersuchen nach Grund."},
    {"refusal.not_recorded", "Not recorded", "Nicht überliefert"},
    {"channels", "How demands came in", "Auf welchem Weg Ersuchen kamen"},
    {"channels.caption", "Demands by channel.", "Ersuchen nach Weg."},
    {"channel.portal", "Portal", "Portal"},
    {"channel.encrypted_mail", "Encrypted mail", "Verschlüsselte E-Mail"},
    {"channel.plain_mail", "Unencrypted mail", "Unverschlüsselte E-Mail"},
    {"channel.fax", "Fax", "Fax"},
    {"channel.letter", "Letter", "Brief"},
    {"channel.in_person", "In person", "Persönlich"},
    {"channel.phone", "Telephone", "Telefon"},
    {"channel.form", "Public form for authorities", "Öffentliches Formular für Behörden"},
    {"channel.decentralised_it", "EU decentralised IT system", "Dezentrales IT-System der EU"},
    {"channel.interface", "Secured interface", "Gesicherte Schnittstelle"},
    {"channel.not_recorded", "Not recorded", "Nicht überliefert"},
    {"beside", "Counted beside the outcomes", "Neben den Ergebnissen gezählt"},
    {"beside.caption",
	"These describe demands counted above; preservation requests are not part of the totals.",
	"Diese beschreiben oben gezählte Ersuchen; Sicherungsersuchen gehören nicht zu den "
	"Summen."},
    {"beside.imported",
	"Imported demands are not part of these numbers: their source does not tell.",
	"Übernommene Ersuchen sind in diesen Zahlen nicht enthalten: Ihre Quelle sagt dazu "
	"nichts."},
    {"beside.emergency", "Emergencies", "Notfälle"},
    {"beside.narrowed", "Disclosed less than was asked (narrowed)",
	"Weniger als verlangt herausgegeben (eingegrenzt)"},
    {"beside.refused_first", "Refused at first, then resubmitted",
	"Zunächst abgelehnt, dann neu eingereicht"},
    {"beside.withdrawn_notice", "Withdrawn because the user was to be told",
	"Zurückgenommen, weil der Nutzer benachrichtigt worden wäre"},
    {"beside.barred", "With a legal bar to tell somebody",
	"Mit gesetzlichem Verbot, jemandem davon zu sagen"},
    {"beside.not_barred", "Without such a bar", "Ohne ein solches Verbot"},
    {"beside.not_recorded", "Bar not recorded", "Verbot nicht überliefert"},
    {"beside.accounts_disclosed", "Accounts of which data were disclosed",
	"Konten, von denen Daten herausgegeben wurden"},
    {"beside.preservation", "Preservation requests (not in the totals)",
	"Sicherungsersuchen (nicht in den Summen)"},
    {"beside.preservation_accounts", "Accounts preserved under them", "Danach gesicherte Konten"},
    {"natsec", "National-security process", "Anordnungen der nationalen Sicherheit"},
    {"natsec.why",
	"The law does not let a provider publish exact numbers here. It permits bands, in one of "
	"several "
	"forms, and only after set delays. A band that starts at 0 says nothing about whether "
	"there was any "
	"such process at all: it is printed in every edition, whatever the number.",
	"Das Gesetz erlaubt hier keine genauen Zahlen, sondern Spannen in einer von mehreren "
	"Formen und nur "
	"nach festen Fristen. Eine Spanne, die bei 0 beginnt, sagt nicht, ob es überhaupt eine "
	"solche "
	"Anordnung gab: Sie steht in jeder Ausgabe, gleich wie die Zahl ist."},
    {"natsec.caption", "National-security process in the bands the law permits.",
	"Anordnungen der nationalen Sicherheit in den Spannen, die das Gesetz erlaubt."},
    {"natsec.none",
	"No form of publication is chosen. This page makes no statement about national-security "
	"process.",
	"Es ist keine Form der Veröffentlichung gewählt. Diese Seite macht zu Anordnungen der "
	"nationalen "
	"Sicherheit keine Aussage."},
    {"natsec.not_before", "not before", "nicht vor dem"},
    {"natsec.other_period", "not reported for periods of this length",
	"für Zeiträume dieser Länge nicht berichtet"},
    {"natsec.history",
	"This period was imported from an earlier report. What was received then is outside this "
	"count.",
	"Dieser Zeitraum wurde aus einem früheren Bericht übernommen. Was damals einging, liegt "
	"außerhalb "
	"dieser Zählung."},
    {"natsec.combined",
	"The number holds the demands of all authorities of the country, of whatever kind. None of "
	"them stands in another figure of this report, and it is not split.",
	"Die Zahl umfasst die Ersuchen aller Behörden des Staates, gleich welcher Art. Keines "
	"davon steht in einer anderen Zahl dieses Berichts, und sie wird nicht aufgeteilt."},
    {"countries.withheld", "In no number of this table, and in no total:",
	"In keiner Zahl dieser Tabelle und in keiner Summe enthalten:"},
    {"countries.withheld.why", "See what this edition rests on.",
	"Siehe, worauf diese Ausgabe beruht."},
    {"countries.withheld.combined", "See the number for all of its authorities below.",
	"Siehe unten die Zahl für alle Behörden des Staates."},
    {"response", "How long it took", "Wie lange es dauerte"},
    {"response.caption",
	"From receipt to the outcome, of demands decided here; a refused demand that came again "
	"counts from the first.",
	"Vom Eingang bis zum Ergebnis, bei hier entschiedenen Ersuchen; ein abgelehntes, das "
	"wiederkam, zählt ab dem ersten."},
    {"response.desc",
	"Bars of the number of demands that were settled within each time; the table below has "
	"every number.",
	"Balken mit der Zahl der Ersuchen, die in der jeweiligen Zeit erledigt wurden; die Tabelle "
	"darunter nennt jede Zahl."},
    {"response.days_01", "Within a day", "Innerhalb eines Tages"},
    {"response.days_03", "In 2 to 3 days", "In 2 bis 3 Tagen"},
    {"response.days_07", "In 4 to 7 days", "In 4 bis 7 Tagen"},
    {"response.days_14", "In 8 to 14 days", "In 8 bis 14 Tagen"},
    {"response.days_30", "In 15 to 30 days", "In 15 bis 30 Tagen"},
    {"response.later", "In more than 30 days", "In mehr als 30 Tagen"},
    {"response.open", "Not settled yet", "Noch nicht erledigt"},
    {"response.not_recorded", "Not told by their source", "Von ihrer Quelle nicht angegeben"},
    {"response.median_hours", "Median, in hours", "Median, in Stunden"},
    {"notice", "Whether users were told", "Ob Nutzer benachrichtigt wurden"},
    {"notice.caption",
	"Each demand counted above once. The last lines describe some of them, and demands of "
	"earlier periods whose bar ended in this one.",
	"Jedes oben gezählte Ersuchen einmal. Die letzten Zeilen beschreiben einige davon, und "
	"Ersuchen früherer Zeiträume, deren Verbot in diesem endete."},
    {"notice.desc",
	"Bars of the number of demands of which a user was told, was not to be told, or neither; "
	"the table below has every number.",
	"Balken mit der Zahl der Ersuchen, von denen ein Nutzer erfuhr, nicht erfahren durfte, "
	"oder "
	"keines von beidem; die Tabelle darunter nennt jede Zahl."},
    {"notice.told", "The user was told", "Der Nutzer wurde benachrichtigt"},
    {"notice.barred", "A bar forbids telling the user",
	"Ein Verbot schließt die Benachrichtigung aus"},
    {"notice.neither", "Neither", "Weder noch"},
    {"notice.not_recorded", "Not recorded", "Nicht überliefert"},
    {"notice.told_late", "Told after a bar had ended", "Nach Ende eines Verbots benachrichtigt"},
    {"notice.freed", "Demands whose last bar ended in this period, whenever received",
	"Ersuchen, deren letztes Verbot in diesem Zeitraum endete, gleich wann sie eingingen"},
    {"costs", "What was claimed for answers", "Was für Antworten verlangt wurde"},
    {"costs.caption",
	"Claims sent in the period, for demands of any period. Nothing is claimed in emergencies "
	"and in cases about child abuse.",
	"Im Zeitraum gestellte Forderungen, für Ersuchen aus jedem Zeitraum. In Notfällen und in "
	"Fällen von Kindesmissbrauch wird nichts verlangt."},
    {"users", "Share of active users", "Anteil der aktiven Nutzer"},
    {"users.caption",
	"Accounts that demands named, against all active users of the period. An account named in "
	"two demands counts twice.",
	"In Ersuchen genannte Konten im Verhältnis zu allen aktiven Nutzern des Zeitraums. Ein in "
	"zwei Ersuchen genanntes Konto zählt zweimal."},
    {"site.users.desc",
	"Bars of the number of accounts in a million users, one for each period; the table below "
	"has every number.",
	"Balken mit der Zahl der Konten auf eine Million Nutzer, einer je Zeitraum; die Tabelle "
	"darunter nennt jede Zahl."},
    {"users.active", "Active users", "Aktive Nutzer"},
    {"users.accounts", "Accounts named in demands", "In Ersuchen genannte Konten"},
    {"users.share", "Accounts in a million users", "Konten auf eine Million Nutzer"},
    {"rests", "What this edition rests on", "Worauf diese Ausgabe beruht"},
    {"rests.caption", "Permissions and prohibitions, as counsel recorded them.",
	"Erlaubnisse und Verbote, wie die Rechtsabteilung sie festgehalten hat."},
    {"rests.why",
	"Some of what this edition says, or does not say, follows from these. They are recorded "
	"by counsel, dated, and never changed afterwards.",
	"Einiges von dem, was diese Ausgabe sagt oder nicht sagt, folgt hieraus. Die "
	"Rechtsabteilung hat es mit Datum festgehalten; geändert wird es danach nicht mehr."},
    {"cause", "Why there is a new version", "Warum es eine neue Fassung gibt"},
    {"col.time", "Time", "Zeit"},
    {"col.emergencies", "of them emergencies", "davon Notfälle"},
    {"col.permission", "What", "Was"},
    {"col.by", "By", "Von"},
    {"col.given", "Since", "Seit"},
    {"sheet.response", "Times", "Dauer"},
    {"col.claimed", "Claimed", "Verlangt"},
    {"col.paid", "Paid", "Bezahlt"},
    {"sheet.notice", "Notice", "Benachrichtigung"},
    {"sheet.costs", "Costs", "Kosten"},
    {"sheet.users", "Users", "Nutzer"},
    {"sheet.rests", "Rests on", "Beruht auf"},
    {"status.prohibited", "publication prohibited", "Veröffentlichung verboten"},
    {"status.not_countable", "not counted here", "hier nicht gezählt"},
    {"status.unknown", "not stated", "nicht angegeben"},
    {"imported", "Imported history", "Übernommene Zahlen"},
    {"imported.all",
	"All figures of this period were imported from a report published earlier. They are as "
	"exact as that "
	"report; the demands behind them were not examined by this system.",
	"Alle Zahlen dieses Zeitraums wurden aus einem früher veröffentlichten Bericht übernommen. "
	"Sie sind so "
	"genau wie dieser Bericht; die Ersuchen dahinter hat dieses System nicht geprüft."},
    {"imported.some",
	"Some figures of this period were imported from a report published earlier; the countries "
	"concerned "
	"carry a mark.",
	"Einige Zahlen dieses Zeitraums wurden aus einem früher veröffentlichten Bericht "
	"übernommen; die "
	"betroffenen Staaten tragen ein Zeichen."},
    {"imported.caption", "Sources of imported figures.", "Quellen der übernommenen Zahlen."},
    {"col.source", "Source", "Quelle"},
    {"imported.not_recorded",
	"“Not recorded” counts demands whose outcome the source does not give. It is not "
	"estimated.",
	"„Nicht überliefert“ zählt Ersuchen, deren Ergebnis die Quelle nicht angibt. Es wird nicht "
	"geschätzt."},
    {"rules", "How we count", "Wie gezählt wird"},
    {"rule.1", "A demand counts in the period of the day it was received.",
	"Ein Ersuchen zählt im Zeitraum des Tages, an dem es einging."},
    {"rule.2",
	"Its outcome is the one of the “accurate as of” day. Demands still open on that day are "
	"pending; later "
	"outcomes appear in a later version.",
	"Sein Ergebnis ist das am Tag des Standes. Was dann noch offen war, steht als offen; "
	"spätere Ergebnisse "
	"erscheinen in einer späteren Fassung."},
    {"rule.3",
	"Each order counts once, also where one case holds several. The same demand by two "
	"channels counts "
	"once.",
	"Jede Anordnung zählt einmal, auch wenn ein Fall mehrere hat. Dasselbe Ersuchen auf zwei "
	"Wegen zählt "
	"einmal."},
    {"rule.4",
	"A refused demand that was resubmitted counts once, on the day of the first, with its last "
	"outcome. An "
	"amended order replaces the one it amends. An extension is no new demand.",
	"Ein abgelehntes und neu eingereichtes Ersuchen zählt einmal, am Tag des ersten, mit dem "
	"letzten "
	"Ergebnis. Eine geänderte Anordnung ersetzt die frühere. Eine Verlängerung ist kein neues "
	"Ersuchen."},
    {"rule.5", "A mixed result counts as the most intrusive disclosure made.",
	"Ein gemischtes Ergebnis zählt als der stärkste Eingriff, der erfolgt ist."},
    {"rule.6",
	"Accounts are the different identifiers a demand names; an account named in two demands "
	"counts "
	"twice.",
	"Konten sind die verschiedenen Kennungen, die ein Ersuchen nennt; ein Konto in zwei "
	"Ersuchen zählt "
	"zweimal."},
    {"rule.7", "Requests to preserve data are counted apart: they disclose nothing.",
	"Sicherungsersuchen werden getrennt gezählt: Durch sie wird nichts herausgegeben."},
    {"rule.8",
	"A user counts as told when a notice had left by the “accurate as of” day; as barred when "
	"none had and a bar of the demand itself holds on that day; else as neither.",
	"Ein Nutzer zählt als benachrichtigt, wenn bis zum Tag des Standes eine Nachricht an ihn "
	"abgegangen war; als ausgeschlossen, wenn nicht und ein Verbot zu diesem Ersuchen an dem "
	"Tag "
	"gilt; sonst als keines von beidem."},
    {"rule.9",
	"Figures are computed from the case records, never typed, and an edition whose sums, bands "
	"or delays do "
	"not hold cannot be published.",
	"Die Zahlen werden aus den Fällen berechnet, nie getippt; eine Ausgabe, deren Summen, "
	"Spannen oder Fristen "
	"nicht stimmen, kann nicht veröffentlicht werden."},
    {"data", "The same figures as data:", "Dieselben Zahlen als Daten:"},
    {"audit", "Disclosure audit", "Prüfung auf Rückschlüsse"},
    {"audit.skip", "Skip to the findings", "Zu den Befunden"},
    {"audit.lead", "What a reader can infer from the published figures",
	"Was sich aus den veröffentlichten Zahlen schließen lässt"},
    {"audit.made_up", "The figures are made up.", "Die Zahlen sind erfunden."},
    {"audit.tile.all.one", "protected number", "geschützte Zahl"},
    {"audit.tile.unsafe.one", "gives away more than is permitted", "verrät mehr als erlaubt"},
    {"audit.tile.contradiction.one", "contradiction", "Widerspruch"},
    {"audit.tile.all", "protected numbers", "geschützte Zahlen"},
    {"audit.tile.safe", "safe", "sicher"},
    {"audit.tile.unsafe", "give away more than is permitted", "verraten mehr als erlaubt"},
    {"audit.tile.contradiction", "contradictions", "Widersprüche"},
    {"audit.tile.undecided", "undecided", "unentschieden"},
    {"audit.good",
	"Every protected number stays hidden: each value of its permitted range remains possible.",
	"Jede geschützte Zahl bleibt verborgen: Jeder Wert ihres erlaubten Bereichs bleibt "
	"möglich."},
    {"audit.bad",
	"Not every protected number is safe: what is published gives more away than is permitted, "
	"contradicts itself, or could not be decided.",
	"Nicht jede geschützte Zahl ist sicher: Was veröffentlicht ist, gibt mehr preis als "
	"erlaubt, widerspricht sich, oder ließ sich nicht entscheiden."},
    {"audit.nothing",
	"No number of this file is protected: what can be inferred is told, and nothing "
	"is judged.",
	"Keine Zahl dieser Datei ist geschützt: Was sich schließen lässt, wird mitgeteilt und "
	"nicht "
	"beurteilt."},
    {"audit.unsafe", "Given away", "Preisgegeben"},
    {"audit.unsafe.none",
	"Nothing: no protected number is narrowed, and no figures contradict each "
	"other.",
	"Nichts: Keine geschützte Zahl ist eingeengt, und keine Angaben widersprechen einander."},
    {"audit.undecided", "Undecided", "Unentschieden"},
    {"audit.undecided.why",
	"For some permitted value neither a solution that fits all figures was found nor a proof "
	"that "
	"there is none, within the limits of the search. That counts as unsafe.",
	"Für einen erlaubten Wert fand sich in den Grenzen der Suche weder eine Lösung, die zu "
	"allen "
	"Angaben passt, noch ein Beweis, dass es keine gibt. Das gilt als unsicher."},
    {"audit.told", "Told, not protected", "Mitgeteilt, nicht geschützt"},
    {"audit.safe", "Safe", "Sicher"},
    {"audit.safe.none", "None.", "Keine."},
    {"audit.safe.caption",
	"For each value of the permitted range a solution that fits every figure was written down "
	"and checked.",
	"Für jeden Wert des erlaubten Bereichs wurde eine Lösung, die zu allen Angaben passt, "
	"aufgeschrieben und geprüft."},
    {"audit.elsewhere", "Contradictions that touch no protected number",
	"Widersprüche, die keine geschützte Zahl berühren"},
    {"audit.figures", "Figures that suffice for it", "Angaben, die dafür genügen"},
    {"audit.follows", "How it follows", "Wie es folgt"},
    {"audit.permitted", "Permitted", "Erlaubt"},
    {"audit.corrected", "corrected:", "berichtigt:"},
    {"audit.of", "of", "von"},
    {"audit.basis", "What this rests on", "Worauf das beruht"},
    {"audit.possible",
	"This is about what is possible, not what is probable: no value is taken to be likelier "
	"than "
	"another, and nothing is assumed about a reader but that they know the figures below. Who "
	"knows "
	"more can infer more.",
	"Es geht um das Mögliche, nicht um das Wahrscheinliche: Kein Wert gilt als "
	"wahrscheinlicher als "
	"ein anderer, und von Lesenden wird nur angenommen, dass sie die Angaben unten kennen. Wer "
	"mehr "
	"weiß, kann mehr schließen."},
    {"audit.checked",
	"Computed in whole numbers. What is called safe has a solution for each value, what is "
	"called "
	"given away has a proof; both were checked by a second part of the program.",
	"Gerechnet in ganzen Zahlen. Was sicher heißt, hat für jeden Wert eine Lösung, was "
	"preisgegeben "
	"heißt, einen Beweis; beides prüfte ein zweiter Teil des Programms."},
    {"audit.assumptions", "A reader may take for granted that", "Lesende können annehmen, dass"},
    {"audit.assumptions.none", "No assumption is needed: the figures suffice.",
	"Keine Annahme ist nötig: Die Angaben genügen."},
    {"audit.corrections",
	"A figure was corrected. A reader may take it back, or hold the publisher to both; a "
	"number is "
	"safe only where it is safe in both readings.",
	"Eine Angabe wurde berichtigt. Lesende können sie als zurückgenommen ansehen oder beide "
	"gelten "
	"lassen; sicher ist eine Zahl nur, wenn sie es in beiden Lesarten ist."},
    {"audit.sources", "Publications", "Veröffentlichungen"},
    {"audit.sources.caption", "What was published, and how many figures of it were used.",
	"Was veröffentlicht wurde und wie viele Angaben daraus verwendet sind."},
    {"audit.col.number", "Number", "Zahl"},
    {"audit.col.permitted", "Permitted", "Erlaubt"},
    {"audit.col.rule", "Rule", "Regel"},
    {"audit.col.who", "Published by", "Veröffentlicht von"},
    {"audit.col.day", "Day", "Tag"},
    {"audit.col.figure", "Figure", "Angabe"},
    {"audit.col.said", "Says", "Sagt"},
    {"audit.col.source", "Source", "Quelle"},
    {"audit.col.figures", "Figures", "Angaben"},
    {"audit.col.no", "No.", "Nr."},
    {"footer", "Made with Writ.", "Erstellt mit Writ."},
};

static const char *const months_en[] = {"January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December"};
static const char *const months_de[] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
    "August", "September", "Oktober", "November", "Dezember"};

const char *report_text_suffix(enum report_lang lang)
{
	return lang == REPORT_DE ? ".de" : "";
}

const char *report_text_lang(enum report_lang lang)
{
	return lang == REPORT_DE ? "de" : "en";
}

const char *report_text(enum report_lang lang, const char *key)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(texts[i].key, key) == 0)
			return lang == REPORT_DE ? texts[i].de : texts[i].en;
	abort();
}

const char *report_text_find(enum report_lang lang, const char *prefix, struct str word)
{
	size_t n = strlen(prefix);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *key = texts[i].key;

		if (strncmp(key, prefix, n) == 0 && key[n] == '.' && str_is(word, key + n + 1))
			return lang == REPORT_DE ? texts[i].de : texts[i].en;
	}
	return NULL;
}

bool report_text_each(size_t i, const char **ret_key, const char **ret_en, const char **ret_de)
{
	if (i >= sizeof texts / sizeof texts[0])
		return false;
	*ret_key = texts[i].key;
	*ret_en = texts[i].en;
	*ret_de = texts[i].de;
	return true;
}

void report_text_number(struct buf *b, enum report_lang lang, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && digits[i - 1] != '-' && (len - i) % 3 == 0)
			buf_putc(b, lang == REPORT_DE ? '.' : ',');
		buf_putc(b, digits[i]);
	}
}

void report_text_share(struct buf *b, enum report_lang lang, int64_t bp)
{
	int64_t tenths = (bp + 5) / 10;

	report_text_number(b, lang, tenths / 10);
	buf_fmt(b, lang == REPORT_DE ? ",%d\302\240%%" : ".%d%%", (int)(tenths % 10));
}

void report_text_part(struct buf *b, enum report_lang lang, int64_t n, int64_t of)
{
	if (of <= 0)
		return;
	if (n > 0 && tally_share(n, of) < 5) {
		buf_puts(b, "<\302\240");
		report_text_share(b, lang, 10);
	} else {
		report_text_share(b, lang, tally_share(n, of));
	}
}

void report_text_day(struct buf *b, enum report_lang lang, struct day day)
{
	int y, m, d;

	day_split(day, &y, &m, &d);
	if (m < 1)
		return;
	if (lang == REPORT_DE)
		buf_fmt(b, "%d. %s %d", d, months_de[m - 1], y);
	else
		buf_fmt(b, "%d %s %d", d, months_en[m - 1], y);
}

void report_text_period(struct buf *b, enum report_lang lang, struct period p)
{
	const char *const *months = lang == REPORT_DE ? months_de : months_en;
	const char *to = lang == REPORT_DE ? "bis" : "to";
	int y1, m1, d1, y2, m2, d2;

	day_split(p.from, &y1, &m1, &d1);
	day_split(day_add(p.to, 1), &y2, &m2, &d2);
	if (d1 == 1 && d2 == 1) {
		day_split(p.to, &y2, &m2, &d2);
		if (y1 == y2 && m1 == 1 && m2 == 12)
			buf_fmt(b, "%d", y1);
		else if (y1 == y2)
			buf_fmt(b, "%s %s %s %d", months[m1 - 1], to, months[m2 - 1], y1);
		else
			buf_fmt(b, "%s %d %s %s %d", months[m1 - 1], y1, to, months[m2 - 1], y2);
		return;
	}
	report_text_day(b, lang, p.from);
	buf_fmt(b, " %s ", to);
	report_text_day(b, lang, p.to);
}
