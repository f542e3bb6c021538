/* clang-format off */
/*
 * The table of rights, one line each (right.h): what it is called in lists and in the API (the kind
 * of the ledger entry, where it writes one), whether it is about a case, what the roles need beside
 * them, the roles, and what it is in English and German. Read twice by right.h and right.c, which
 * say what RIGHT() makes of a line; so it has no guard.
 */
/* ---- people ---- */
RIGHT(PERSON_ADD, "person.add", HOUSE, ALONE, ROLE_ADMIN, "adding a person", "Person anlegen")
RIGHT(PERSON_SET, "person.set", HOUSE, ALONE, ROLE_ADMIN, "changing a person", "Person ändern")
RIGHT(PERSON_READ, "person.read", HOUSE, ALONE, RIGHT_ALL, "listing people", "Personen auflisten")
RIGHT(PERSON_NAMED, "person.named", HOUSE, OR_NAMED, ROLE_ADMIN, "listing who is named to the sealed compartment", "auflisten, wer zum versiegelten Bereich benannt ist")

/* ---- what came in ---- */
RIGHT(DEMAND_RECEIVE, "demand.receive", CASE, ALONE, ROLE_INTAKE, "entering a demand", "Ersuchen erfassen")
RIGHT(DEMAND_IMPORT, "demand.import", CASE, ALONE, ROLE_INTAKE, "importing demands", "Ersuchen importieren")
RIGHT(DEMAND_READ, "demand.read", CASE, ALONE, RIGHT_WORK | ROLE_AUDITOR, "reading demands", "Ersuchen lesen")
RIGHT(DEMAND_DETAIL, "demand.detail", CASE, ALONE, RIGHT_WORK, "reading whom a demand names", "lesen, wen ein Ersuchen nennt")
RIGHT(DEMAND_OPEN, "demand.open", CASE, ALONE, ROLE_INTAKE, "opening a case", "Fall eröffnen")
RIGHT(DEMAND_MERGE, "demand.merge", CASE, ALONE, ROLE_INTAKE, "merging a demand", "Ersuchen zusammenführen")
RIGHT(DEMAND_SORT_OUT, "demand.sort_out", CASE, ALONE, ROLE_INTAKE, "sorting out a demand", "Ersuchen aussortieren")
RIGHT(DEMAND_VERIFY, "demand.verify", CASE, ALONE, ROLE_INTAKE, "verifying a sender", "Absender bestätigen")
RIGHT(HISTORY_IMPORT, "import", HOUSE, ALONE, ROLE_INTAKE, "importing history", "Früheres importieren")

/* ---- the case ---- */
RIGHT(MATTER_READ, "matter.read", CASE, ALONE, RIGHT_WORK | ROLE_COLLECTOR | ROLE_AUDITOR, "reading cases", "Fälle lesen")
RIGHT(MATTER_TARGETS, "matter.targets", CASE, ALONE, RIGHT_WORK | ROLE_COLLECTOR, "reading the targets of a case", "Ziele eines Falls lesen")
RIGHT(MATTER_FILE, "matter.file", CASE, ALONE, RIGHT_WORK | ROLE_AUDITOR, "reading findings", "Befunde lesen")
RIGHT(MATTER_CLOSE, "matter.close", CASE, ALONE, RIGHT_DECIDE, "closing a case", "Fall schließen oder wieder öffnen")
RIGHT(ORDER_FACT, "order.fact", CASE, ALONE, RIGHT_WORK, "entering a fact", "Tatsache eintragen")
RIGHT(ORDER_JUDGE, "order.judge", CASE, ALONE, RIGHT_DECIDE, "judging again", "erneut beurteilen")
RIGHT(ORDER_RETURN, "order.return", CASE, ALONE, RIGHT_WORK, "asking the authority", "Behörde fragen")
RIGHT(ORDER_ANSWER, "order.answer", CASE, ALONE, RIGHT_WORK, "recording an answer", "Antwort eintragen")
RIGHT(ORDER_WITHDRAW, "order.withdraw", CASE, ALONE, RIGHT_WORK, "recording a withdrawal", "Rücknahme eintragen")
RIGHT(ORDER_LAPSE, "order.lapse", CASE, ALONE, RIGHT_DECIDE, "recording a lapse", "Erlöschen eintragen")
RIGHT(ORDER_REDIRECT, "order.redirect", CASE, ALONE, RIGHT_DECIDE, "redirecting", "an den Kunden verweisen")
RIGHT(ORDER_DSA, "order.dsa", CASE, ALONE, RIGHT_WORK, "entering a category", "Kategorie eintragen")
RIGHT(ITEM_WITHDRAW, "item.withdraw", CASE, ALONE, RIGHT_WORK, "recording a withdrawal of an item", "Rücknahme einer Position eintragen")
RIGHT(ITEM_CORRECT, "item.correct", CASE, ALONE, ROLE_INTAKE | ROLE_REVIEWER, "correcting an identifier", "Kennung berichtigen")
RIGHT(FINDING_ANSWER, "finding.answer", CASE, ALONE, RIGHT_DECIDE, "answering a finding", "Befund beantworten")
RIGHT(FINDING_COUNSEL, "finding.counsel", CASE, ALONE, ROLE_COUNSEL, "answering what counsel decides", "beantworten, was der Rechtsbeistand entscheidet")
RIGHT(ORDER_EXAMINE, "order.examine", CASE, ALONE, RIGHT_DECIDE, "examining a basis", "Grundlage prüfen")
RIGHT(ITEM_DECIDE, "item.decide", CASE, ALONE, RIGHT_DECIDE, "deciding", "entscheiden")
RIGHT(ITEM_SECOND, "item.second", CASE, ALONE, RIGHT_DECIDE, "the second approval", "als zweite Person freigeben")
RIGHT(ORDER_REJECT, "order.reject", CASE, ALONE, RIGHT_DECIDE, "refusing", "ablehnen")
RIGHT(ORDER_ANNEX3, "order.annex3", CASE, ALONE, RIGHT_DECIDE, "answering by Annex III", "mit Anhang III antworten")

/* ---- the desk's day ---- */
RIGHT(DEMAND_LETTER, "demand.letter", CASE, ALONE, ROLE_INTAKE, "writing a letter", "Brief an den Absender schreiben")
RIGHT(TEMPLATE_READ, "template.read", HOUSE, ALONE, RIGHT_WORK, "reading templates", "Vorlagen lesen")
RIGHT(TEMPLATE_KEEP, "template.keep", HOUSE, ALONE, RIGHT_DECIDE, "keeping templates", "Vorlagen pflegen")
RIGHT(ORDER_NOTE, "order.note", CASE, ALONE, RIGHT_WORK, "writing a note", "Notiz schreiben")
RIGHT(ORDER_TEXT, "order.text", CASE, ALONE, RIGHT_WORK, "writing to an authority", "an eine Behörde schreiben")
RIGHT(MATTER_ASSIGN, "matter.assign", CASE, ALONE, RIGHT_WORK, "assigning a case", "Fall zuweisen")
RIGHT(SEARCH, "search", CASE, ALONE, RIGHT_WORK | ROLE_AUDITOR, "searching cases", "Fälle suchen")
RIGHT(SEARCH_TARGET, "search.target", CASE, ALONE, RIGHT_WORK, "searching for an identifier", "nach einer Kennung suchen")
RIGHT(QUEUE_READ, "queue.read", CASE, ALONE, RIGHT_WORK | ROLE_AUDITOR, "looking at queues, dates and counts", "Arbeitsstand, Termine und Zahlen ansehen")
RIGHT(DAY_READ, "day.read", CASE, ALONE, RIGHT_WORK, "a day at the desk", "eigener Arbeitstag")
RIGHT(DEADLINE_SWEEP, "deadline.sweep", HOUSE, ALONE, RIGHT_WORK | ROLE_ADMIN, "computing deadlines anew", "Fristen neu berechnen")
RIGHT(ONCALL_READ, "oncall.read", HOUSE, ALONE, RIGHT_WORK | ROLE_AUDITOR | ROLE_ADMIN, "looking at who is on call", "Bereitschaft ansehen")
RIGHT(ONCALL_KEEP, "oncall.keep", HOUSE, ALONE, RIGHT_DECIDE | ROLE_ADMIN, "keeping the list of people on call", "Bereitschaftsliste pflegen")
RIGHT(ONCALL_DUE, "oncall.due", HOUSE, ALONE, ROLE_ADMIN, "seeing who is to be called", "sehen, wer anzurufen ist")
RIGHT(PAGING_READ, "paging.read", CASE, ALONE, RIGHT_WORK | ROLE_AUDITOR, "looking at pages", "Rufe ansehen")
RIGHT(PAGING_ACKNOWLEDGE, "paging.acknowledge", CASE, ALONE, RIGHT_WORK, "taking a page", "Ruf übernehmen")
RIGHT(QUALITY_READ, "quality.read", CASE, ALONE, RIGHT_DECIDE | ROLE_AUDITOR, "looking at the quality sample", "Stichprobe ansehen")
RIGHT(QUALITY_CHECK, "quality.check", CASE, ALONE, RIGHT_DECIDE, "a quality check", "Stichprobe prüfen")

/* ---- what outlives the case ---- */
RIGHT(PRESERVATION_START, "preservation.start", CASE, ALONE, RIGHT_DECIDE, "putting a preservation in force", "Sicherung beginnen")
RIGHT(PRESERVATION_EXTEND, "preservation.extend", CASE, ALONE, RIGHT_DECIDE, "extending a preservation", "Sicherung verlängern")
RIGHT(PRESERVATION_RELEASE, "preservation.release", CASE, ALONE, RIGHT_DECIDE, "releasing a preservation", "Sicherung aufheben")
RIGHT(SECRECY_LIFT, "secrecy.lift", CASE, ALONE, ROLE_COUNSEL, "lifting a bar of secrecy", "Verschwiegenheit aufheben")
RIGHT(CHALLENGE_FILE, "challenge.file", CASE, ALONE, ROLE_COUNSEL, "a challenge", "Rechtsbehelf einlegen")
RIGHT(CHALLENGE_END, "challenge.end", CASE, ALONE, ROLE_COUNSEL, "ending a challenge", "Rechtsbehelf beenden")
RIGHT(SEALED_ADD, "sealed.count", HOUSE, HIDDEN, RIGHT_WORK, "counting what is sealed", "Versiegeltes zählen")
RIGHT(SEALED_READ, "sealed.read", HOUSE, HIDDEN, RIGHT_WORK | ROLE_AUDITOR, "reading the sealed counts", "versiegelte Zahlen lesen")

/* ---- what leaves ---- */
RIGHT(PRODUCTION_MAKE, "production.make", CASE, ALONE, ROLE_COLLECTOR | ROLE_REVIEWER, "a production", "Auskunft herstellen")
RIGHT(PRODUCTION_DELIVER, "production.deliver", CASE, ALONE, ROLE_COLLECTOR | ROLE_REVIEWER | ROLE_INTAKE, "a delivery", "Auskunft übergeben")
RIGHT(PRODUCTION_ACKNOWLEDGE, "production.acknowledge", CASE, ALONE, ROLE_COLLECTOR | ROLE_REVIEWER | ROLE_INTAKE, "recording a receipt", "Empfang eintragen")

/* ---- erasure ---- */
RIGHT(ERASE_READ, "erase.read", CASE, OR_RULED, RIGHT_DECIDE | ROLE_AUDITOR, "erasure", "Löschungen lesen")
RIGHT(ERASE_PROPOSE, "erase.propose", CASE, OR_RULED, 0, "proposing an erasure", "Löschung vorschlagen")
RIGHT(ERASE_CONFIRM, "erase.confirm", CASE, OR_RULED, RIGHT_DECIDE, "confirming an erasure", "Löschung bestätigen")
RIGHT(ERASE_WITHDRAW, "erase.withdraw", CASE, OR_RULED, RIGHT_DECIDE, "taking back an erasure", "Löschung zurücknehmen")
RIGHT(ERASE_HOLD, "erase.hold", CASE, ALONE, RIGHT_WORK, "holding a case from erasure", "Fall vor Löschung bewahren")
RIGHT(ERASE_RELEASE, "erase.release", CASE, ALONE, ROLE_COUNSEL, "releasing a hold", "Bewahrung aufheben")
RIGHT(ERASE_FINISH, "erase.finish", HOUSE, ALONE, RIGHT_DECIDE | ROLE_ADMIN, "finishing an erasure", "Löschung zu Ende bringen")

/* ---- the public account ---- */
RIGHT(EDITION_READ, "edition.read", HOUSE, ALONE, RIGHT_ACCOUNT, "reading a draft", "Entwurf lesen")
RIGHT(EDITION_MAKE, "edition.make", HOUSE, ALONE, ROLE_PUBLISHER, "making an edition", "Ausgabe anlegen")
RIGHT(EDITION_OVERLAP, "edition.overlap", HOUSE, NAMED, ROLE_PUBLISHER, "making an edition of a time that overlaps", "Ausgabe eines Zeitraums anlegen, der sich überschneidet")
RIGHT(EDITION_PUBLISH, "edition.publish", HOUSE, ALONE, ROLE_PUBLISHER, "publishing an edition", "Ausgabe veröffentlichen")
RIGHT(USERS_RECORD, "users.record", HOUSE, ALONE, ROLE_PUBLISHER, "entering the number of users", "Zahl der Nutzer eintragen")
RIGHT(SITE_BUILD, "site.build", HOUSE, ALONE, ROLE_PUBLISHER, "site build", "öffentliche Seiten bauen")
RIGHT(STATEMENT_READ, "statement.read", HOUSE, ALONE, RIGHT_ACCOUNT, "reading what is not published", "Unveröffentlichtes lesen")
RIGHT(STATEMENT_PROPOSE, "statement.propose", HOUSE, ALONE, ROLE_PUBLISHER | ROLE_COUNSEL, "writing for the statement", "für die Erklärung schreiben")
RIGHT(STATEMENT_CLEAR, "statement.clear", HOUSE, NAMED, ROLE_COUNSEL, "clearing a sentence of the statement", "Satz der Erklärung freigeben")
RIGHT(STATEMENT_PUBLISH, "statement.publish", HOUSE, ALONE, ROLE_PUBLISHER, "publishing the statement", "Erklärung veröffentlichen")
RIGHT(STATEMENT_WITHDRAW, "statement.withdraw", HOUSE, ALONE, ROLE_PUBLISHER | ROLE_COUNSEL, "withdrawing from the statement", "aus der Erklärung zurücknehmen")
RIGHT(STATEMENT_DROP, "statement.drop", HOUSE, ALONE, ROLE_PUBLISHER, "taking back what waits to be cleared", "zurücknehmen, was auf Freigabe wartet")
RIGHT(PERMISSION_READ, "permission.read", HOUSE, ALONE, RIGHT_ACCOUNT, "reading what counsel recorded", "Freigaben lesen")
RIGHT(PERMISSION_RECORD, "permission.record", HOUSE, NAMED, ROLE_COUNSEL, "recording what may be said", "Freigabe eintragen")
RIGHT(PERMISSION_END, "permission.end", HOUSE, NAMED, ROLE_COUNSEL, "ending what was recorded", "Freigabe beenden")
RIGHT(KNOWN_READ, "known.read", HOUSE, ALONE, RIGHT_ACCOUNT, "reading what is known from outside", "anderswo Bekanntes lesen")
RIGHT(KNOWN_RECORD, "known.record", HOUSE, ALONE, ROLE_PUBLISHER | ROLE_COUNSEL, "recording what is known from outside", "anderswo Bekanntes eintragen")
RIGHT(KNOWN_END, "known.end", HOUSE, ALONE, ROLE_PUBLISHER | ROLE_COUNSEL, "ending what is known from outside", "anderswo Bekanntes beenden")
RIGHT(DSA_ENTER, "dsa.enter", HOUSE, ALONE, ROLE_PUBLISHER, "entering what the template says", "Angaben der Vorlage eintragen")
RIGHT(DSA_WRITE, "dsa.write", HOUSE, ALONE, ROLE_PUBLISHER, "writing the template", "Vorlage schreiben")
RIGHT(DSA_MISSING, "dsa.missing", CASE, ALONE, RIGHT_WORK, "listing orders", "Anordnungen ohne Kategorie auflisten")

/* ---- the house ---- */
RIGHT(BACKUP, "backup", HOUSE, ALONE, ROLE_ADMIN, "backup", "sichern")
RIGHT(DB_COPY, "db.copy", HOUSE, ALONE, ROLE_ADMIN, "db copy", "Datenbank kopieren")
RIGHT(LOG_CHECKPOINT, "log.checkpoint", HOUSE, ALONE, RIGHT_LOG, "log checkpoint", "Stand des Protokolls unterschreiben lassen")
RIGHT(LOG_VERIFY, "log.verify", HOUSE, ALONE, RIGHT_LOG, "log verify", "Protokoll prüfen")
RIGHT(LOG_COUNT, "log.count", HOUSE, OR_NAMED, ROLE_AUDITOR | ROLE_ADMIN, "reading how large the log is", "lesen, wie groß das Protokoll ist")
RIGHT(LOG_EPOCH, "log.epoch", HOUSE, ALONE, ROLE_ADMIN, "log epoch", "neues Protokoll beginnen")
