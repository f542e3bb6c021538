-- The desk's own tables (schema 8): what lists are sorted by, hand-overs, watches, searches, people on call, the
-- quality sample, letters.
-- due_put : run : cli web work
INSERT INTO order_desk (legal_order, matter, compartment, country, body, instrument, state, assigned, open, received,
  due, act, clock, rest, stale)
VALUES (:legal_order, :matter, :compartment, :country, :body, :instrument, :state, :assigned, :open, :received,
  :due, :act, :clock, :rest, 0)
ON CONFLICT (legal_order) DO UPDATE SET matter = excluded.matter, compartment = excluded.compartment,
  country = excluded.country, body = excluded.body, instrument = excluded.instrument, state = excluded.state,
  assigned = excluded.assigned, open = excluded.open, received = excluded.received, due = excluded.due,
  act = excluded.act, clock = excluded.clock, rest = excluded.rest, stale = 0;
-- due_drop : run : cli web work
DELETE FROM order_desk WHERE legal_order = :legal_order;
-- due_dates_drop : run : cli web work
DELETE FROM order_date WHERE legal_order = :legal_order;
-- due_date_put : run : cli web work
INSERT INTO order_date (legal_order, kind, name, act, at, compartment, country, assigned)
VALUES (:legal_order, :kind, :name, :act, :at, :compartment, :country, :assigned);
-- due_each : many : cli work
SELECT legal_order, matter FROM order_desk WHERE legal_order > :after ORDER BY legal_order LIMIT :limit;
-- due_stale : many : cli work
SELECT legal_order, matter FROM order_desk WHERE stale = 1 AND legal_order > :after ORDER BY legal_order LIMIT :limit;
-- matter_lock_plain : one : cli work
SELECT id FROM matter WHERE id = :id;
-- matter_lock_plain/pg
SELECT x.id FROM (SELECT id FROM matter WHERE id = :id FOR UPDATE) AS x;

-- What was no data demand, and letters.
-- sorted_put : one : cli web
INSERT INTO demand_sorted (demand, kind, compartment, at, author, language, rev, entry)
VALUES (:demand, :kind, :compartment, :at, :author, '', :rev, :entry)
RETURNING id;
-- sorted_of_demand : one : cli web
SELECT id, rev, kind, at, author, language, letter_at, text_ct FROM demand_sorted WHERE demand = :demand;
-- sorted_letter : run : cli web
UPDATE demand_sorted SET language = :language, letter_at = :letter_at, text_ct = :text_ct,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- sorted_count : one : cli web
SELECT count(*), count(z.letter_at) FROM demand_sorted z JOIN demand d ON d.id = z.demand
WHERE z.kind = :kind AND z.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
  AND z.at >= :from AND z.at < :until;
-- template_put : run : cli web
INSERT INTO reply_template (name, language, text, author, at) VALUES (:name, :language, :text, :author, :at)
ON CONFLICT (name, language) DO UPDATE SET text = excluded.text, author = excluded.author, at = excluded.at;
-- template_find : one : cli web work
SELECT text, author, at FROM reply_template WHERE name = :name AND language = :language;
-- template_each : many : cli web
-- scan ok
SELECT name, language, text, author, at FROM reply_template ORDER BY name, language;
-- template_drop : run : cli web
DELETE FROM reply_template WHERE name = :name AND language = :language;

-- The inbox.
-- inbox_like : many : cli web
SELECT x.ref, x.state, 'content' FROM demand d JOIN demand x ON x.content_key = d.content_key AND x.id <> d.id
WHERE d.id = :id AND length(d.content_key) > 0 AND x.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = x.country) = 1)
ORDER BY x.id LIMIT 20;
-- inbox_same_number : many : cli web
SELECT x.ref, x.state, 'number' FROM demand d JOIN demand x ON x.number_key = d.number_key AND x.id <> d.id
WHERE d.id = :id AND d.number_key IS NOT NULL AND x.content_key <> d.content_key AND x.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = x.country) = 1)
ORDER BY x.id LIMIT 20;

-- Searches: along one index each, newest first.
-- search_all : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_country : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.country = :country AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_body : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.body = :body AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_instrument : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.instrument = :instrument AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_state : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.state = :state AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_person : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.assigned = :assigned AND k.open = :open AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) AND k.received >= :since
  AND (k.received, k.legal_order) < (:received, :before)
ORDER BY k.received DESC, k.legal_order DESC LIMIT :limit;
-- search_matter : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.matter = :matter ORDER BY k.legal_order;
-- ... by keyed hash, and by reference.
-- search_number : many : cli web
SELECT m.id FROM demand d JOIN matter m ON m.demand = d.id
WHERE d.number_key = :number_key AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1) ORDER BY m.id DESC LIMIT :limit;
-- search_number_brought : many : cli web
SELECT m.id FROM demand d JOIN legal_order o ON o.demand = d.id JOIN matter m ON m.id = o.matter
WHERE d.number_key = :number_key AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1) ORDER BY m.id DESC LIMIT :limit;
-- search_number_demands : many : cli web
SELECT ref, state, received FROM demand WHERE number_key = :number_key AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1)
ORDER BY id DESC LIMIT :limit;
-- search_target : many : cli web
SELECT DISTINCT t.matter FROM target t JOIN matter m ON m.id = t.matter
WHERE t.value_key = :value_key AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1) ORDER BY t.matter DESC LIMIT :limit;
-- search_ref : many : cli web
SELECT m.id FROM matter m WHERE m.ref = :ref AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1);
-- search_ref_demand : many : cli web
SELECT ref, state, received FROM demand WHERE ref = :ref AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1);
-- saved_put : run : cli web
INSERT INTO saved_search (ref, person, name_ct, query_ct) VALUES (:ref, :person, :name_ct, :query_ct);
-- saved_count : one : cli web
SELECT count(*) FROM saved_search WHERE person = :person;
-- saved_each : many : cli web
SELECT ref, name_ct, query_ct FROM saved_search WHERE person = :person ORDER BY id;
-- saved_by_ref : one : cli web
SELECT ref, name_ct, query_ct, person FROM saved_search WHERE ref = :ref;
-- saved_drop : run : cli web
DELETE FROM saved_search WHERE ref = :ref;

-- Who works on what.
-- handover_put : one : cli web
INSERT INTO handover (matter, giver, taker, at, note_ct, rev, entry)
VALUES (:matter, :giver, :taker, :at, :note_ct, :rev, :entry)
RETURNING id;
-- handover_of_matter : many : cli web
SELECT giver, taker, at, note_ct FROM handover WHERE matter = :matter ORDER BY id;
-- watch_put : run : cli web
INSERT INTO watch (person, matter) VALUES (:person, :matter) ON CONFLICT (person, matter) DO NOTHING;
-- watch_drop : run : cli web
DELETE FROM watch WHERE person = :person AND matter = :matter;
-- watch_find : one : cli web
SELECT matter FROM watch WHERE person = :person AND matter = :matter;
-- watched : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
JOIN watch w ON w.matter = k.matter
WHERE w.person = :person AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1) ORDER BY k.matter DESC, k.legal_order LIMIT :limit;
-- Counts stop at a limit, so that they cost the same however much there is.
-- queue_open : one : cli web
SELECT count(*) FROM (SELECT legal_order FROM order_desk
  WHERE assigned = :assigned AND open = 1 AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = order_desk.country) = 1) LIMIT :most) AS few;
-- queue_due : one : cli web
SELECT count(*) FROM (SELECT legal_order FROM order_desk
  WHERE assigned = :assigned AND open = 1 AND due >= :since AND due < :until AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = order_desk.country) = 1)
  LIMIT :most) AS few;
-- queue_oldest : one : cli web
SELECT received FROM order_desk WHERE assigned = :assigned AND open = 1 AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = order_desk.country) = 1)
ORDER BY received, legal_order LIMIT 1;
-- queue_next : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM order_desk k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.assigned = :assigned AND k.open = 1 AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1)
  AND (k.due, k.legal_order) > (:due, :after)
ORDER BY k.due, k.legal_order LIMIT :limit;
-- Open emergencies have an index of their own: few, whatever there was.
-- queue_urgent : many : cli web
-- scan ok: of that index
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment
FROM legal_order o CROSS JOIN order_desk k CROSS JOIN matter m
WHERE o.emergency = 1 AND o.settled IS NULL AND k.legal_order = o.id AND m.id = k.matter
  AND k.assigned = :assigned AND k.open = 1 AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1)
ORDER BY k.due, k.legal_order LIMIT :limit;
-- message_last : one : cli web
SELECT kind, at FROM message WHERE legal_order = :legal_order ORDER BY id DESC LIMIT 1;
-- What waits for a second person is few of all decisions: it comes first (CROSS JOIN keeps SQLite to that).
-- second_waiting : many : cli web
SELECT m.ref, o.seq, (SELECT count(*) FROM item i WHERE i.legal_order = d.legal_order AND i.id <= d.item), d.at, d.decider
FROM decision d CROSS JOIN legal_order o CROSS JOIN matter m
WHERE o.id = d.legal_order AND m.id = o.matter AND d.live = 1 AND d.second_due = 1 AND d.second IS NULL AND d.decider <> :person AND m.closed = 0
  AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1)
ORDER BY d.id LIMIT :limit;
-- dates : many : cli web
SELECT a.id, a.at, a.kind, a.name, a.act, m.ref, o.seq, a.assigned
FROM order_date a JOIN legal_order o ON o.id = a.legal_order JOIN matter m ON m.id = o.matter
WHERE (a.at, a.id) > (:at, :after) AND a.at < :until AND a.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = a.country) = 1)
ORDER BY a.at, a.id LIMIT :limit;
-- dates_of_kind : many : cli web
SELECT a.id, a.at, a.kind, a.name, a.act, m.ref, o.seq, a.assigned
FROM order_date a JOIN legal_order o ON o.id = a.legal_order JOIN matter m ON m.id = o.matter
WHERE a.kind = :kind AND (a.at, a.id) > (:at, :after) AND a.at < :until AND a.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = a.country) = 1)
ORDER BY a.at, a.id LIMIT :limit;
-- dates_of_person : many : cli web
SELECT a.id, a.at, a.kind, a.name, a.act, m.ref, o.seq, a.assigned
FROM order_date a JOIN legal_order o ON o.id = a.legal_order JOIN matter m ON m.id = o.matter
WHERE a.assigned = :assigned AND (a.at, a.id) > (:at, :after) AND a.at < :until AND a.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = a.country) = 1)
  AND a.kind = coalesce(nullif(:kind, ''), a.kind)
ORDER BY a.at, a.id LIMIT :limit;
-- count_triage : one : cli web
SELECT count(*) FROM (SELECT id FROM demand WHERE state = 'received' AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = demand.country) = 1) LIMIT :most) AS few;
-- count_due : one : cli web
SELECT count(*) FROM (SELECT legal_order FROM order_desk
  WHERE open = 1 AND due >= :since AND due < :until AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = order_desk.country) = 1) LIMIT :most) AS few;
-- count_state : one : cli web
SELECT count(*) FROM (SELECT legal_order FROM order_desk
  WHERE state = :state AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = order_desk.country) = 1) LIMIT :most) AS few;
-- count_second : one : cli web
SELECT count(*) FROM (SELECT d.id FROM decision d CROSS JOIN legal_order o CROSS JOIN matter m
  WHERE o.id = d.legal_order AND m.id = o.matter AND d.live = 1 AND d.second_due = 1 AND d.second IS NULL AND m.closed = 0 AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1)
  LIMIT :most) AS few;

-- People on call, and pages.
-- shift_put : run : cli web
INSERT INTO oncall_shift (person, rank, minute_from, minute_to) VALUES (:person, :rank, :minute_from, :minute_to);
-- shift_drop : run : cli web
DELETE FROM oncall_shift WHERE id = :id;
-- shift_each : many : cli web work
-- scan ok: a week of shifts
SELECT id, person, rank, minute_from, minute_to FROM oncall_shift ORDER BY rank, minute_from, id;
-- change_put : run : cli web
INSERT INTO oncall_change (person, rank, since, until) VALUES (:person, :rank, :since, :until);
-- change_drop : run : cli web
DELETE FROM oncall_change WHERE id = :id;
-- change_each : many : cli web work
SELECT id, person, rank, since, until FROM oncall_change WHERE until > :now ORDER BY rank, since, id;
-- paging_put : one : cli web work
INSERT INTO paging (ref, demand, compartment, since, rev, entry)
VALUES (:ref, :demand, :compartment, :since, :rev, :entry)
RETURNING id;
-- paging_by_ref : one : cli web
SELECT g.id, g.rev, g.compartment, g.acknowledged, d.country FROM paging g JOIN demand d ON d.id = g.demand
WHERE g.ref = :ref;
-- paging_ack : run : cli web
UPDATE paging SET acknowledged = :acknowledged, taker = :taker, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- paging_open : many : cli work
-- scan ok: along the index of those that nobody has acknowledged
SELECT g.id, g.ref, d.ref, g.compartment, coalesce(l.turn, 0), l.person, l.at, g.since, d.country
FROM paging g JOIN demand d ON d.id = g.demand LEFT JOIN paging_call l ON l.paging = g.id
  AND l.turn = (SELECT max(turn) FROM paging_call y WHERE y.paging = g.id)
WHERE g.acknowledged IS NULL ORDER BY g.id;
-- call_put : run : cli work
INSERT INTO paging_call (paging, turn, person, at) VALUES (:paging, :turn, :person, :at)
ON CONFLICT (paging, turn) DO NOTHING;
-- paging_waiting : many : cli web
-- scan ok: along the index of those that nobody has acknowledged
SELECT g.ref, d.ref, g.since, g.acknowledged, g.taker, (SELECT count(*) FROM paging_call y WHERE y.paging = g.id)
FROM paging g JOIN demand d ON d.id = g.demand
WHERE g.acknowledged IS NULL AND g.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1) ORDER BY g.id;
-- paging_newest : many : cli web
-- scan ok: from its end
SELECT g.ref, d.ref, g.since, g.acknowledged, g.taker, (SELECT count(*) FROM paging_call y WHERE y.paging = g.id)
FROM paging g JOIN demand d ON d.id = g.demand
WHERE g.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1) ORDER BY g.id DESC LIMIT 100;

-- The quality sample.
-- quality_settled : many : cli web
SELECT k.legal_order, k.matter, m.ref, o.seq, k.country, k.body, k.instrument, k.state, k.assigned, k.open, k.received,
  k.due, k.act, k.clock, k.rest, k.compartment, o.settled, q.checker, q.verdict,
  (SELECT count(*) FROM decision d WHERE d.legal_order = o.id
      AND (d.decider = :person OR d.second = :person OR d.counsel = :person))
    + (SELECT count(*) FROM review r WHERE r.legal_order = o.id AND r.reviewer = :person)
    + (SELECT count(*) FROM message g WHERE g.legal_order = o.id AND g.author = :person)
FROM legal_order o JOIN matter m ON m.id = o.matter JOIN order_desk k ON k.legal_order = o.id
  LEFT JOIN quality_check q ON q.legal_order = o.id
WHERE (o.settled, o.id) > (:at, :after) AND o.settled < :until AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1)
ORDER BY o.settled, o.id LIMIT :limit;
-- quality_parts : one : cli web
SELECT (SELECT count(*) FROM decision d WHERE d.legal_order = :legal_order
      AND (d.decider = :person OR d.second = :person OR d.counsel = :person))
    + (SELECT count(*) FROM review r WHERE r.legal_order = :legal_order AND r.reviewer = :person)
    + (SELECT count(*) FROM message g WHERE g.legal_order = :legal_order AND g.author = :person),
  (SELECT count(*) FROM quality_check q WHERE q.legal_order = :legal_order);
-- quality_put : one : cli web
INSERT INTO quality_check (legal_order, compartment, settled, verdict, checker, at, reason_ct, rev, entry)
VALUES (:legal_order, :compartment, :settled, :verdict, :checker, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- quality_count : one : cli web
SELECT count(CASE WHEN q.verdict = 'agree' THEN 1 END), count(*)
FROM quality_check q JOIN legal_order o ON o.id = q.legal_order JOIN matter m ON m.id = o.matter
WHERE q.settled >= :since AND q.settled < :until AND q.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM demand y JOIN person_land l ON l.country = y.country
      WHERE y.id = m.demand AND l.person = :within) = 1);
