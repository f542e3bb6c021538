-- demand_put : one : cli web
INSERT INTO demand (ref, received, recorded, channel, language, country, body, level, verified, state,
  compartment, content_key, number_key, draft_ct, rev, entry)
VALUES (:ref, :received, :recorded, :channel, :language, :country, :body, :level, :verified, 'received',
  :compartment, :content_key, :number_key, :draft_ct, :rev, :entry)
RETURNING id;
-- demand_by_ref : one : cli web work
SELECT id, rev, ref, received, channel, language, country, body, level, verified, state, merged_into,
  compartment, draft_ct, entry
FROM demand WHERE ref = :ref;
-- demand_by_id : one : cli web work
SELECT id, rev, ref, received, channel, language, country, body, level, verified, state, merged_into,
  compartment, draft_ct, entry
FROM demand WHERE id = :id;
-- demand_each_state : large : cli web
SELECT id, rev, ref, received, channel, language, country, body, level, verified, state, merged_into,
  compartment, draft_ct, entry
FROM demand WHERE state = :state AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1)
  AND (received, id) > (:received, :after)
ORDER BY received, id LIMIT :limit;
-- Emergencies in triage, among the newest 200 that there were: however many come, the inbox costs the same.
-- demand_urgent : many : cli web
-- scan ok
SELECT d.id, d.rev, d.ref, d.received, d.channel, d.language, d.country, d.body, d.level, d.verified, d.state,
  d.merged_into, d.compartment, d.draft_ct, d.entry
FROM (SELECT demand FROM paging ORDER BY id DESC LIMIT 200) AS g CROSS JOIN demand d
WHERE d.id = g.demand AND d.state = 'received' AND d.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY d.received, d.id;
-- demand_like : many : cli web
SELECT ref, state FROM demand WHERE content_key = :content_key AND id <> :id AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1)
ORDER BY id LIMIT 20;
-- demand_same_number : many : cli web
SELECT ref, state FROM demand WHERE number_key = :number_key AND id <> :id AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1)
ORDER BY id LIMIT 20;
-- demand_set_state : run : cli web
UPDATE demand SET state = :state, merged_into = :merged_into, verified = :verified,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- paper_put : one : cli web
INSERT INTO paper (demand, blob, size, name_ct, key_ct, rev, entry)
VALUES (:demand, :blob, :size, :name_ct, :key_ct, :rev, :entry)
RETURNING id;
-- paper_of_demand : many : cli web work
SELECT id, blob, size, name_ct, key_ct FROM paper WHERE demand = :demand ORDER BY id;

-- matter_put : one : cli web
INSERT INTO matter (ref, demand, compartment, closed, opened, rev, entry)
VALUES (:ref, :demand, :compartment, 0, :opened, :rev, :entry)
RETURNING id;
-- Who changes a case waits for the one who is at it (SQLite: BEGIN IMMEDIATE has waited already).
-- PostgreSQL gives the step's id at once, drawn after the wait; 0: entry_ids gives it.
-- matter_lock : one : cli web work
SELECT id, 0, erased FROM matter WHERE id = :id;
-- matter_lock/pg
SELECT x.id, nextval('entry_id_seq'), x.erased FROM (SELECT id, erased FROM matter WHERE id = :id FOR UPDATE) AS x;
-- matter_lock_order : one : cli web work
SELECT m.id, 0, m.erased FROM legal_order o JOIN matter m ON m.id = o.matter WHERE o.id = :legal_order;
-- matter_lock_order/pg
SELECT x.id, nextval('entry_id_seq'), x.erased FROM (SELECT m.id, m.erased FROM legal_order o
  JOIN matter m ON m.id = o.matter WHERE o.id = :legal_order FOR UPDATE OF m) AS x;
-- Where no case has the reference, another one: the answer is to take as long (desk/matter.c looks at ref).
-- matter_by_ref : one : cli web work
SELECT id, rev, ref, demand, compartment, assigned, closed, opened, erased,
  (SELECT d.country FROM demand d WHERE d.id = matter.demand)
FROM matter WHERE id = (SELECT COALESCE(found.id, other.id) FROM (SELECT max(id) AS id FROM matter) AS other
  LEFT JOIN matter AS found ON found.ref = :ref);
-- matter_by_id : one : cli web work
SELECT id, rev, ref, demand, compartment, assigned, closed, opened, erased,
  (SELECT d.country FROM demand d WHERE d.id = matter.demand)
FROM matter WHERE id = :id;
-- matter_by_demand : one : cli web work
SELECT id, rev, ref, demand, compartment, assigned, closed, opened, erased,
  (SELECT d.country FROM demand d WHERE d.id = matter.demand)
FROM matter
WHERE demand = :demand ORDER BY id LIMIT 1;
-- matter_each : large : cli web
SELECT id, rev, ref, demand, compartment, assigned, closed, opened, erased,
  (SELECT d.country FROM demand d WHERE d.id = matter.demand)
FROM matter
WHERE closed = :closed AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand d JOIN person_land l ON l.country = d.country
      WHERE d.id = matter.demand AND l.person = :within) = 1)
  AND (opened, id) > (:opened, :after)
ORDER BY opened, id LIMIT :limit;
-- matter_set : run : cli web
UPDATE matter SET assigned = :assigned, closed = :closed, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- order_put : one : cli web
INSERT INTO legal_order (matter, seq, instrument, class, basis, state, received, emergency, narrowed,
  demand, cures, amends, rev, entry)
VALUES (:matter, :seq, :instrument, :class, :basis, 'received', :received, :emergency, 0,
  :demand, :cures, :amends, :rev, :entry)
RETURNING id;
-- order_by_seq : one : cli web work
SELECT id, rev, matter, seq, instrument, class, basis, state, hold, received, emergency, code, outcome,
  settled, narrowed, cures, amends, demand
FROM legal_order WHERE matter = :matter AND seq = :seq;
-- order_by_id : one : cli web work
SELECT id, rev, matter, seq, instrument, class, basis, state, hold, received, emergency, code, outcome,
  settled, narrowed, cures, amends, demand
FROM legal_order WHERE id = :id;
-- order_of_matter : many : cli web work
SELECT id, rev, matter, seq, instrument, class, basis, state, hold, received, emergency, code, outcome,
  settled, narrowed, cures, amends, demand
FROM legal_order WHERE matter = :matter ORDER BY seq;
-- outcome_put : one : cli web work
INSERT INTO order_outcome (legal_order, outcome, code, at, rev, entry)
VALUES (:legal_order, :outcome, :code, :at, :rev, :entry)
RETURNING id;
-- order_cured : one : cli web
SELECT count(*) FROM legal_order WHERE cures = :cures;
-- order_set : run : cli web work
UPDATE legal_order SET state = :state, hold = :hold, code = :code, outcome = :outcome,
  settled = :settled, narrowed = :narrowed, withdrawn_because = coalesce(:because, withdrawn_because),
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- fact_put : one : cli web
INSERT INTO order_fact (legal_order, name, value_ct, source, rev, entry)
VALUES (:legal_order, :name, :value_ct, :source, :rev, :entry)
RETURNING id;
-- fact_find : one : cli web work
SELECT id, rev FROM order_fact WHERE legal_order = :legal_order AND name = :name;
-- fact_set : run : cli web
UPDATE order_fact SET value_ct = :value_ct, source = :source, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- fact_of_order : many : cli web work
SELECT name, value_ct, source FROM order_fact WHERE legal_order = :legal_order ORDER BY name;

-- target_put : one : cli web
INSERT INTO target (matter, kind, value_key, at, specific, corrects, value_ct, printed_ct, rev, entry)
VALUES (:matter, :kind, :value_key, :at, :specific, :corrects, :value_ct, :printed_ct, :rev, :entry)
RETURNING id;
-- target_by_id : one : cli web work
SELECT id, matter, kind, value_key, at, specific, corrects, value_ct, printed_ct FROM target
WHERE id = :id;
-- target_of_matter : many : cli web work
SELECT id, matter, kind, value_key, at, specific, corrects, value_ct, printed_ct FROM target
WHERE matter = :matter ORDER BY id;
-- target_seen : many : cli web
SELECT DISTINCT m.ref FROM target t JOIN matter m ON m.id = t.matter
WHERE t.value_key = :value_key AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand d JOIN person_land l ON l.country = d.country
      WHERE d.id = m.demand AND l.person = :within) = 1)
ORDER BY m.ref LIMIT 50;

-- item_put : one : cli web
INSERT INTO item (legal_order, target, field, service, day_from, day_to, fold, state, rev, entry)
VALUES (:legal_order, :target, :field, :service, :day_from, :day_to, :fold, 'asked', :rev, :entry)
RETURNING id;
-- item_of_order : many : cli web work
SELECT id, rev, legal_order, target, field, service, day_from, day_to, fold, state, decision FROM item
WHERE legal_order = :legal_order ORDER BY id;
-- item_set : run : cli web work
UPDATE item SET state = :state, decision = :decision, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- item_retarget : run : cli web
UPDATE item SET target = :target, state = 'asked', decision = NULL, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- finding_put : one : cli web
INSERT INTO finding (legal_order, round, item, rule, pack, verdict, code, verified, why, rev, entry)
VALUES (:legal_order, :round, :item, :rule, :pack, :verdict, :code, :verified, :why, :rev, :entry)
RETURNING id;
-- finding_round : one : cli web work
SELECT coalesce(max(round), 0) FROM finding WHERE legal_order = :legal_order;
-- finding_of_round : many : cli web work
SELECT id, rev, item, rule, pack, verdict, code, verified, why, answer, answered_by, reason_ct
FROM finding WHERE legal_order = :legal_order AND round = :round ORDER BY id;
-- finding_answer : run : cli web
UPDATE finding SET answer = :answer, answered_by = :answered_by, reason_ct = :reason_ct,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- review_put : one : cli web
INSERT INTO review (legal_order, round, reviewer, passed, not_before, at, reason_ct, rev, entry)
VALUES (:legal_order, :round, :reviewer, :passed, :not_before, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- review_last : one : cli web work
SELECT id, round, reviewer, passed, not_before, at, reason_ct FROM review WHERE legal_order = :legal_order
ORDER BY id DESC LIMIT 1;

-- decision_put : one : cli web
INSERT INTO decision (item, legal_order, review, review_passed, verdict, code, day_from, day_to,
  decider, second_due, counsel_due, counsel, not_before, grants, live, at, reason_ct, rev, entry)
VALUES (:item, :legal_order, :review, :review_passed, :verdict, :code, :day_from, :day_to,
  :decider, :second_due, :counsel_due, :counsel, :not_before, :grants, 1, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- decision_by_id : one : cli web work
SELECT id, rev, item, legal_order, review, verdict, code, day_from, day_to, decider, second_due, second,
  counsel_due, counsel, not_before, grants, live, at, reason_ct
FROM decision WHERE id = :id;
-- decision_second : run : cli web
UPDATE decision SET second = :second, grants = :grants, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- decision_end : run : cli web work
UPDATE decision SET live = 0, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- production_put : one : cli work
INSERT INTO production (ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state,
  rev, entry)
VALUES (:ref, :legal_order, :at, :maker, :recipient, :manifest_hash, :blob_hash, :size, 'sealed',
  :rev, :entry)
RETURNING id;
-- production_file_put : one : cli work
INSERT INTO production_file (production, legal_order, item, decision, grants, not_before, at, sha256,
  size, rev, entry)
VALUES (:production, :legal_order, :item, :decision, :grants, :not_before, :at, :sha256, :size, :rev,
  :entry)
RETURNING id;
-- production_seal_put : one : cli work
INSERT INTO production_seal (production, number, at, maker, kind, blob_hash, size, print_ct, manifest_ct, reason_ct,
  rev, entry)
VALUES (:production, :number, :at, :maker, :kind, :blob_hash, :size, :print_ct, :manifest_ct, :reason_ct, :rev, :entry)
RETURNING id;
-- production_seal_first : one : cli web work
SELECT id, manifest_ct FROM production_seal WHERE production = :production AND number = 1;
-- production_seal_last : one : cli web work
SELECT id, number, kind, blob_hash, size, print_ct, at FROM production_seal WHERE production = :production
ORDER BY number DESC LIMIT 1;
-- production_seal_hashes : many : cli web work
SELECT blob_hash FROM production_seal WHERE production = :production ORDER BY number;
-- production_by_ref : one : cli web work
SELECT id, rev, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state
FROM production WHERE ref = :ref;
-- production_of_order : many : cli web work
SELECT id, rev, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state
FROM production WHERE legal_order = :legal_order ORDER BY id;
-- The items of its files, and who was second behind each.
-- production_items : many : cli web work
SELECT f.item, d.second FROM production_file f JOIN decision d ON d.id = f.decision
WHERE f.production = :production ORDER BY f.id;
-- production_set : run : cli web work
UPDATE production SET state = :state, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- delivery_put : one : cli web work
INSERT INTO delivery (production, channel, at, acknowledged, rev, entry)
VALUES (:production, :channel, :at, :acknowledged, :rev, :entry)
RETURNING id;

-- preservation_put : one : cli web
INSERT INTO preservation (legal_order, state, since, until, extended, rule, rev, entry)
VALUES (:legal_order, 'running', :since, :until, 0, :rule, :rev, :entry)
RETURNING id;
-- preservation_of_order : many : cli web work
SELECT id, rev, legal_order, state, since, until, extended, rule, produced_by FROM preservation
WHERE legal_order = :legal_order ORDER BY id;
-- preservation_set : run : cli web
UPDATE preservation SET state = :state, until = :until, extended = :extended, produced_by = :produced_by,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- secrecy_put : one : cli web
INSERT INTO secrecy (legal_order, bars, rule, since, until, rev, entry)
VALUES (:legal_order, :bars, :rule, :since, :until, :rev, :entry)
RETURNING id;
-- secrecy_of_order : many : cli web work
SELECT id, rev, legal_order, bars, rule, since, until, lifted FROM secrecy
WHERE legal_order = :legal_order ORDER BY id;
-- secrecy_set : run : cli web
UPDATE secrecy SET until = :until, lifted = :lifted, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- challenge_put : one : cli web
INSERT INTO challenge (legal_order, against, state, at, text_ct, rev, entry)
VALUES (:legal_order, :against, 'filed', :at, :text_ct, :rev, :entry)
RETURNING id;
-- challenge_of_order : many : cli web work
SELECT k.id, k.rev, k.legal_order, k.against, k.state, k.at, q.id, q.rev, q.kind, q.party, q.filed, q.answer_by, q.follows,
  q.secrecy, q.permission, q.in_public, q.outcome, q.decided, q.court_ct, q.ruling_ct, k.text_ct
FROM challenge k LEFT JOIN contest q ON q.challenge = k.id WHERE k.legal_order = :legal_order ORDER BY k.id;
-- challenge_set : run : cli web
UPDATE challenge SET state = :state, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- pause_put : one : cli web
INSERT INTO pause (legal_order, reason, since, rev, entry)
VALUES (:legal_order, :reason, :since, :rev, :entry)
RETURNING id;
-- pause_of_order : many : cli web work
SELECT id, rev, reason, since, until FROM pause WHERE legal_order = :legal_order ORDER BY id;
-- pause_end : run : cli web
UPDATE pause SET until = :until, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;

-- message_put : one : cli web
INSERT INTO message (legal_order, kind, at, author, text_ct, rev, entry)
VALUES (:legal_order, :kind, :at, :author, :text_ct, :rev, :entry)
RETURNING id;
-- message_of_order : many : cli web work
SELECT id, kind, at, author, text_ct FROM message WHERE legal_order = :legal_order ORDER BY id;

-- sealed_put : one : cli
INSERT INTO sealed_record (record_ct, rev, entry) VALUES (:record_ct, :rev, :entry) RETURNING id;
-- sealed_each : many : cli
-- scan ok
SELECT id, record_ct FROM sealed_record ORDER BY id;

-- What the side journal names by keyed hashes (desk/ack.c, desk/restore.c).
-- demand_refs : large : cli web work
-- scan ok
SELECT ref FROM demand ORDER BY id;
-- matter_refs : large : cli web work
-- scan ok
SELECT ref FROM matter ORDER BY id;
