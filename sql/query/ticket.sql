-- service_test_put : one : cli
INSERT INTO service_test (service, map_hash, at, actor, well, why, files, listing, rev, entry)
VALUES (:service, :map_hash, :at, :actor, :well, :why, :files, :listing, :rev, :entry) RETURNING id;
-- service_test_last : one : cli web
SELECT id, map_hash, at, actor, well, why, files, listing FROM service_test WHERE service = :service
ORDER BY id DESC LIMIT 1;
-- service_test_good : one : cli web
SELECT id, map_hash, at FROM service_test WHERE service = :service AND well = 1 ORDER BY id DESC LIMIT 1;

-- ticket_put : one : cli
INSERT INTO ticket (ref, legal_order, item, decision, service, map_hash, body_hash, note, maker, made, expires, state,
  why, body_ct, rev, entry)
VALUES (:ref, :legal_order, :item, :decision, :service, :map_hash, :body_hash, :note, :maker, :made, :expires, 'open',
  '', :body_ct, :rev, :entry) RETURNING id;
-- ticket_by_ref : one : cli web
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE t.ref = :ref;
-- ticket_waiting : many : cli web
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE (t.state = 'open' OR t.state = 'running') AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY t.id;
-- ticket_of_order : many : cli web
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE t.legal_order = :legal_order ORDER BY t.id;
-- ticket_run : run : cli
UPDATE ticket SET state = 'running', runner = :runner, ran = :ran, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- ticket_end : run : cli
UPDATE ticket SET state = :state, ended = :ended, why = :why, files = :files, listing = :listing, rev = rev + 1,
  entry = :entry
WHERE id = :id AND rev = :rev;
