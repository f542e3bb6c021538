-- The officers' portal (SPEC.md 8.4): agencies, officers, submissions, call-backs, extensions, alerts.
-- call_back_put : one : cli web
INSERT INTO call_back (legal_order, result, recorder, at, text_ct, rev, entry)
VALUES (:legal_order, :result, :recorder, :at, :text_ct, :rev, :entry)
RETURNING id;
-- call_back_of_order : many : cli web work
SELECT id, rev, result, recorder, at, text_ct FROM call_back WHERE legal_order = :legal_order ORDER BY id;
-- alert_open : one : cli web work
SELECT count(*) FROM alert WHERE matter = :matter AND cleared IS NULL;
-- alert_put : one : cli web
INSERT INTO alert (matter, officer, cause, at, rev, entry) VALUES (:matter, :officer, :cause, :at, :rev, :entry)
RETURNING id;
-- alert_of_matter : many : cli web work
SELECT id, rev, officer, cause, at, clearer, cleared, reason_ct FROM alert WHERE matter = :matter ORDER BY id;
-- alert_clear : run : cli web
UPDATE alert SET clearer = :clearer, cleared = :cleared, reason_ct = :reason_ct, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- alert_each : large : cli web work
-- scan ok: the open ones only
SELECT m.ref, a.cause, a.at, o.ref FROM alert a JOIN matter m ON m.id = a.matter JOIN officer o ON o.id = a.officer
WHERE a.cleared IS NULL AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR (SELECT l.active FROM demand d JOIN person_land l ON l.country = d.country
    WHERE d.id = m.demand AND l.person = :within) = 1)
ORDER BY a.id;
-- The open cases that an officer's, or an agency's, submissions became.
-- matters_of_officer : many : cli web
-- scan ok: what was found of one officer
SELECT x.id, min(x.officer) FROM (
  SELECT m.id AS id, s.officer AS officer FROM submission s JOIN demand d ON d.id = s.demand
  JOIN matter m ON m.demand = coalesce(d.merged_into, d.id)
  WHERE s.officer = :officer AND m.closed = 0 AND m.erased IS NULL
  UNION SELECT m.id, s.officer FROM submission s JOIN legal_order o ON o.demand = s.demand AND o.demand IS NOT NULL
  JOIN matter m ON m.id = o.matter WHERE s.officer = :officer AND m.closed = 0 AND m.erased IS NULL) AS x
GROUP BY x.id ORDER BY x.id;
-- matters_of_agency : many : cli web
-- scan ok: what was found of one agency
SELECT x.id, min(x.officer) FROM (
  SELECT m.id AS id, s.officer AS officer FROM submission s JOIN demand d ON d.id = s.demand
  JOIN matter m ON m.demand = coalesce(d.merged_into, d.id)
  WHERE s.agency = :agency AND m.closed = 0 AND m.erased IS NULL
  UNION SELECT m.id, s.officer FROM submission s JOIN legal_order o ON o.demand = s.demand AND o.demand IS NOT NULL
  JOIN matter m ON m.id = o.matter WHERE s.agency = :agency AND m.closed = 0 AND m.erased IS NULL) AS x
GROUP BY x.id ORDER BY x.id;

-- agency_put : one : cli web
INSERT INTO agency (ref, country, body, level, name, state, author, at, rev, entry)
VALUES (:ref, :country, :body, :level, :name, 'active', :author, :at, :rev, :entry)
RETURNING id;
-- agency_by_ref : one : cli web work
SELECT id, rev, ref, country, body, level, name, state, author, at FROM agency WHERE ref = :ref;
-- agency_by_id : one : cli web work
SELECT id, rev, ref, country, body, level, name, state, author, at FROM agency WHERE id = :id;
-- agency_each : many : cli web
-- scan ok: a few thousand at most
SELECT id, rev, ref, country, body, level, name, state, author, at FROM agency ORDER BY country, name, id;
-- agency_set : run : cli web
UPDATE agency SET state = :state, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- domain_put : one : cli web
INSERT INTO agency_domain (agency, domain, state, author, at, rev, entry)
VALUES (:agency, :domain, 'proposed', :author, :at, :rev, :entry)
RETURNING id;
-- domain_of_agency : many : cli web work
SELECT id, rev, agency, domain, state, author, second, at FROM agency_domain WHERE agency = :agency ORDER BY id;
-- domain_set : run : cli web
UPDATE agency_domain SET state = :state, second = :second, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- domain_known : one : cli web work
SELECT count(*) FROM agency_domain WHERE agency = :agency AND domain = :domain AND state = 'known';

-- officer_person_put : one : cli web
INSERT INTO person (handle_key, handle_ct, roles, sealed, secret_hash, active, rev, entry)
VALUES (:handle_key, :handle_ct, 0, 0, :secret_hash, 1, :rev, :entry)
RETURNING id;
-- officer_person_set : run : cli web
UPDATE person SET active = :active, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- officer_put : one : cli web
INSERT INTO officer (ref, person, state, language, recipient, second_due, at, profile_ct, rev, entry)
VALUES (:ref, :person, 'confirmed', :language, :recipient, 0, :at, :profile_ct, :rev, :entry)
RETURNING id;
-- officer_by_ref : one : cli web work
SELECT id, rev, ref, person, agency, state, language, recipient, vetter, second_due, second, at, profile_ct
FROM officer WHERE ref = :ref;
-- officer_by_id : one : cli web work
SELECT id, rev, ref, person, agency, state, language, recipient, vetter, second_due, second, at, profile_ct
FROM officer WHERE id = :id;
-- Who opens a demand of an officer, or changes the officer's standing, waits for the other.
-- officer_lock : one : cli web
SELECT id, state FROM officer WHERE id = :id;
-- officer_lock/pg
SELECT id, state FROM officer WHERE id = :id FOR UPDATE;
-- officer_by_person : one : cli web work
SELECT id, rev, ref, person, agency, state, language, recipient, vetter, second_due, second, at, profile_ct
FROM officer WHERE person = :person;
-- officer_each_state : many : cli web
SELECT id, rev, ref, person, agency, state, language, recipient, vetter, second_due, second, at, profile_ct
FROM officer WHERE state = :state ORDER BY id;
-- officer_of_agency : many : cli web work
SELECT id, rev, ref, person, agency, state, language, recipient, vetter, second_due, second, at, profile_ct
FROM officer WHERE agency = :agency AND agency IS NOT NULL ORDER BY id;
-- officer_others : one : cli web
SELECT count(*) FROM officer WHERE agency = :agency AND agency IS NOT NULL AND state = 'active' AND id <> :id;
-- officer_set : run : cli web
UPDATE officer SET state = :state, agency = :agency, vetter = :vetter, second_due = :second_due, second = :second,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- officer_set_key : run : cli web
UPDATE officer SET recipient = :recipient, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- officer_set_language : run : cli web
UPDATE officer SET language = :language, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- officer_forget : run : cli web
UPDATE officer SET recipient = '', profile_gone = :gone, profile_ct = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- officer_busy : one : cli web
SELECT count(*) FROM submission s JOIN demand d ON d.id = s.demand
LEFT JOIN matter m ON m.demand = coalesce(d.merged_into, d.id)
WHERE s.officer = :officer AND (d.state = 'received' OR (m.id IS NOT NULL AND m.closed = 0));
-- officer_address_put : run : cli web
INSERT INTO officer_address (officer, address_key) VALUES (:officer, :address_key);
-- officer_address_drop : run : cli web
DELETE FROM officer_address WHERE officer = :officer;
-- officer_by_address : one : cli web work
SELECT o.id, o.rev, o.ref, o.person, o.agency, o.state, o.language, o.recipient, o.vetter, o.second_due, o.second,
  o.at, o.profile_ct
FROM officer_address a JOIN officer o ON o.id = a.officer WHERE a.address_key = :address_key;

-- standing_put : one : cli web
INSERT INTO standing (officer, agency, act, author, at, reason_ct, rev, entry)
VALUES (:officer, :agency, :act, :author, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- standing_of_officer : many : cli web
SELECT id, rev, act, author, at, reason_ct FROM standing WHERE officer = :officer AND officer IS NOT NULL ORDER BY id;
-- standing_of_agency : many : cli web
SELECT id, rev, act, author, at, reason_ct FROM standing WHERE agency = :agency AND agency IS NOT NULL ORDER BY id;
-- standing_forget : run : cli web
UPDATE standing SET reason_gone = :gone, reason_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- registration_put : run : cli web
INSERT INTO registration (address_key, form_ct, code_hash, tries, until)
VALUES (:address_key, :form_ct, :code_hash, 0, :until)
ON CONFLICT (address_key) DO UPDATE SET form_ct = excluded.form_ct, code_hash = excluded.code_hash, tries = 0,
  until = excluded.until;
-- registration_find : one : cli web
SELECT form_ct, code_hash, tries, until FROM registration WHERE address_key = :address_key;
-- registration_try : run : cli web
UPDATE registration SET tries = tries + 1 WHERE address_key = :address_key;
-- registration_drop : run : cli web
DELETE FROM registration WHERE address_key = :address_key;
-- registration_sweep : run : cli web work
-- scan ok: by its index, all that has ended
DELETE FROM registration WHERE until < :now;

-- outgoing_put : run : cli web work
INSERT INTO outgoing (ref, kind, state, tries, due, made, to_ct, text_ct)
VALUES (:ref, :kind, 'due', 0, :due, :made, :to_ct, :text_ct);
-- outgoing_due : many : cli web work
SELECT id, ref, kind, state, tries, due, made, to_ct, text_ct FROM outgoing
WHERE state = 'due' AND due <= :now ORDER BY due, id LIMIT :limit;
-- outgoing_by_ref : one : cli web work
SELECT id, ref, kind, state, tries, due, made, to_ct, text_ct FROM outgoing WHERE ref = :ref;
-- outgoing_sent : run : cli web work
UPDATE outgoing SET state = 'sent', to_ct = NULL, text_ct = NULL WHERE ref = :ref AND state = 'due';
-- outgoing_take : run : work
UPDATE outgoing SET tries = tries + 1, due = :next WHERE ref = :ref AND tries = :tries AND state = 'due';
-- A PIN that could not be mailed is not kept: a new one is made.
-- outgoing_give_up : run : cli web work
UPDATE outgoing SET state = 'failed', text_ct = CASE WHEN kind = 'production.pin' THEN NULL ELSE text_ct END
WHERE ref = :ref AND state = 'due';
-- outgoing_count : one : cli web
SELECT (SELECT count(*) FROM outgoing d WHERE d.state = 'due'), (SELECT count(*) FROM outgoing f WHERE f.state = 'failed');
-- outgoing_sweep : run : cli web work
DELETE FROM outgoing WHERE (state = 'sent' AND due < :sent) OR (state = 'failed' AND due < :failed);

-- One window of time for each who is counted: it begins anew when it is over.
-- portal_count_put : run : cli web
INSERT INTO portal_count (kind, who, since, n) VALUES (:kind, :who, :now, 1)
ON CONFLICT (kind, who) DO UPDATE SET n = CASE WHEN portal_count.since <= :over THEN 1 ELSE portal_count.n + 1 END,
  since = CASE WHEN portal_count.since <= :over THEN excluded.since ELSE portal_count.since END;
-- portal_count_get : one : cli web
SELECT n FROM portal_count WHERE kind = :kind AND who = :who;
-- portal_count_sweep : run : cli web work
-- scan ok: by its index, all that has ended
DELETE FROM portal_count WHERE since < :before;

-- submission_put : one : cli web
INSERT INTO submission (demand, officer, agency, shared, at, rev, entry)
VALUES (:demand, :officer, :agency, :shared, :at, :rev, :entry)
RETURNING id;
-- submission_of_demand : one : cli web work
SELECT id, rev, demand, officer, agency, shared, withdrawn FROM submission WHERE demand = :demand;
-- submission_set : run : cli web
UPDATE submission SET shared = :shared, withdrawn = :withdrawn, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- What an officer may see: own, shared within the agency, invited. Newest first.
-- submission_seen : large : cli web
-- scan ok: what was found of one officer
SELECT x.ref FROM (
  SELECT d.ref AS ref, s.id AS id FROM submission s JOIN demand d ON d.id = s.demand WHERE s.officer = :officer
  UNION SELECT d.ref, s.id FROM submission s JOIN demand d ON d.id = s.demand
  WHERE s.agency = :agency AND s.shared = 1
  UNION SELECT d.ref, s.id FROM colleague k JOIN submission s ON s.demand = k.demand JOIN demand d ON d.id = s.demand
  WHERE k.officer = :officer AND k.until IS NULL AND s.agency = :agency
  UNION SELECT d.ref, s.id FROM taker t JOIN production p ON p.id = t.production JOIN legal_order o ON o.id = p.legal_order
  JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = coalesce(o.demand, m.demand) JOIN submission s ON s.demand = d.id
  WHERE t.officer = :officer AND s.agency = :agency) AS x
ORDER BY x.id DESC LIMIT :limit;
-- colleague_put : one : cli web
INSERT INTO colleague (demand, officer, inviter, since, rev, entry)
VALUES (:demand, :officer, :inviter, :since, :rev, :entry)
RETURNING id;
-- colleague_find : one : cli web
SELECT id, rev, since, until FROM colleague WHERE demand = :demand AND officer = :officer;
-- colleague_set : run : cli web
UPDATE colleague SET until = :until, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- colleague_of_demand : many : cli web
SELECT k.officer, o.ref, o.profile_ct FROM colleague k JOIN officer o ON o.id = k.officer
WHERE k.demand = :demand AND k.until IS NULL ORDER BY k.id;

-- orders_of_demand : many : cli web work
SELECT o.id FROM legal_order o WHERE o.demand = :demand AND o.demand IS NOT NULL
UNION SELECT o.id FROM matter m JOIN legal_order o ON o.matter = m.id
WHERE m.demand = :demand AND o.demand IS NULL ORDER BY 1;

-- extension_put : one : cli web
INSERT INTO extension (legal_order, side, state, until, asker, at, reason_ct, rev, entry)
VALUES (:legal_order, :side, 'asked', :until, :asker, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- extension_of_order : many : cli web work
SELECT id, rev, side, state, until, asker, at, answerer, answered, reason_ct FROM extension
WHERE legal_order = :legal_order ORDER BY id;
-- extension_answer : run : cli web
UPDATE extension SET state = :state, answerer = :answerer, answered = :answered, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- download_put : one : cli web
INSERT INTO download (production, officer, at, rev, entry) VALUES (:production, :officer, :at, :rev, :entry)
RETURNING id;
-- download_of_production : many : cli web work
SELECT officer, at FROM download WHERE production = :production ORDER BY id;
-- delivery_of_production : many : cli web work
SELECT id, channel, at, acknowledged FROM delivery WHERE production = :production ORDER BY id;

-- deposit_put : run : cli work
INSERT INTO deposit (production, blob, size, key_ct, seal) VALUES (:production, :blob, :size, :key_ct, :seal);
-- deposit_find : one : cli web work
SELECT blob, size, key_ct, seal FROM deposit WHERE production = :production;
-- deposit_forget : run : cli
UPDATE deposit SET key_ct = NULL WHERE production IN (SELECT id FROM production WHERE legal_order = :legal_order);

-- Forms between their steps (desk/sketch.c).
-- sketch_put : run : cli web
INSERT INTO sketch (word_hash, person, until, form_ct) VALUES (:word_hash, :person, :until, :form_ct);
-- sketch_find : one : cli web
SELECT id, person, until, form_ct FROM sketch WHERE word_hash = :word_hash;
-- sketch_of_person : many : cli web
SELECT until, form_ct FROM sketch WHERE person = :person AND person IS NOT NULL ORDER BY until DESC, id DESC LIMIT 40;
-- sketch_save : run : cli web
UPDATE sketch SET form_ct = :form_ct, until = :until WHERE id = :id;
-- sketch_sent : run : cli web
UPDATE sketch SET form_ct = :form_ct, until = :until WHERE id = :id AND form_ct = :read_ct;
-- sketch_drop : run : cli web
DELETE FROM sketch WHERE id = :id;
-- sketch_sweep : run : cli web
-- scan ok: by its index, all that has ended
DELETE FROM sketch WHERE until < :now;
