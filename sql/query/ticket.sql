-- service_test_put : one : cli work
INSERT INTO service_test (service, map_hash, at, actor, well, why, files, listing, rev, entry)
VALUES (:service, :map_hash, :at, :actor, :well, :why, :files, :listing, :rev, :entry) RETURNING id;
-- service_test_last : one : cli web work
SELECT id, map_hash, at, actor, well, why, files, listing FROM service_test WHERE service = :service
ORDER BY id DESC LIMIT 1;
-- service_test_good : one : cli web work
SELECT id, map_hash, at FROM service_test WHERE service = :service AND well = 1 ORDER BY id DESC LIMIT 1;

-- service_test_of : many : cli web
SELECT id, at, actor, well, why, files, listing, map_hash FROM service_test WHERE service = :service
ORDER BY id DESC LIMIT 20;

-- ticket_put : one : cli work
INSERT INTO ticket (ref, legal_order, item, decision, purpose, service, map_hash, body_hash, note, maker, made, expires,
  state, why, body_ct, rev, entry)
VALUES (:ref, :legal_order, :item, :decision, :purpose, :service, :map_hash, :body_hash, :note, :maker, :made, :expires,
  'open', '', :body_ct, :rev, :entry) RETURNING id;
-- ticket_by_ref : one : cli web work
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country, t.purpose, t.runner, t.token,
  t.said_ct, t.ended
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE t.ref = :ref;
-- ticket_waiting : many : cli web
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country, t.purpose, t.runner, t.token,
  t.said_ct, t.ended
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE (t.state = 'open' OR t.state = 'running') AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY t.id;
-- ticket_of_order : many : cli web work
SELECT t.id, t.rev, t.ref, t.legal_order, t.item, t.decision, t.service, t.map_hash, t.body_hash, t.note, t.made,
  t.expires, t.state, t.why, t.files, t.listing, t.body_ct, m.compartment, d.country, t.purpose, t.runner, t.token,
  t.said_ct, t.ended
FROM ticket t JOIN legal_order o ON o.id = t.legal_order JOIN matter m ON m.id = o.matter
  JOIN demand d ON d.id = m.demand
WHERE t.legal_order = :legal_order ORDER BY t.id;
-- ticket_run : run : cli web work
UPDATE ticket SET state = 'running', runner = :runner, ran = :ran, token = :token, snapshot = :snapshot, rev = rev + 1,
  entry = :entry
WHERE id = :id AND rev = :rev;
-- ticket_end : run : cli web work
UPDATE ticket SET state = :state, ended = :ended, why = :why, files = :files, listing = :listing, said_ct = :said_ct,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- ticket_kept : many : cli work
SELECT t.ref FROM ticket t WHERE t.state = :state ORDER BY t.id;
-- ticket_over : one : cli work
SELECT t.state, t.ended, t.expires, t.ran, t.decision, i.decision, i.state, o.state, t.purpose,
  (SELECT coalesce(d.live, 0) FROM decision d WHERE d.id = t.decision),
  (SELECT count(*) FROM file_check k JOIN production p ON p.id = k.production
    JOIN ticket_file f ON f.ticket = t.id AND f.sha256 = k.came
    WHERE k.legal_order = t.legal_order AND k.item = t.item AND p.state = 'acknowledged')
FROM ticket t JOIN item i ON i.id = t.item JOIN legal_order o ON o.id = t.legal_order WHERE t.ref = :ref;

-- ticket_file_put : run : cli web work
INSERT INTO ticket_file (ticket, name, size, sha256, at) VALUES (:ticket, :name, :size, :sha256, :at);
-- ticket_file_of : many : cli web work
SELECT name, size, sha256, check_ct FROM ticket_file WHERE ticket = :ticket ORDER BY name;
-- ticket_file_check : run : cli work
UPDATE ticket_file SET check_ct = :check_ct WHERE ticket = :ticket AND name = :name;
-- ticket_file_drop : run : cli web work
DELETE FROM ticket_file WHERE ticket = :ticket AND name = :name;
-- ticket_files_drop : run : cli work
DELETE FROM ticket_file WHERE ticket IN (SELECT id FROM ticket WHERE ref = :ref);

-- service_token_put : one : cli
INSERT INTO service_token (number, service, token_hash, sealed, made, until, maker, name_ct, rev, entry)
VALUES (:number, :service, :token_hash, :sealed, :made, :until, :maker, :name_ct, :rev, :entry) RETURNING id;
-- service_token_end : run : cli web
UPDATE service_token SET ended = :ended, ender = :ender, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- service_token_last : one : cli
-- scan ok
SELECT coalesce(max(number), 0), count(CASE WHEN ended IS NULL AND until > :now THEN 1 END) FROM service_token;
-- service_token_by_hash : one : cli web
SELECT id, maker, service, sealed, until, ended FROM service_token WHERE token_hash = :token_hash;
-- service_token_all : many : cli web
-- scan ok
SELECT id, rev, number, service, sealed, made, until, ended, name_ct, maker FROM service_token ORDER BY number;

-- snapshot_put : one : cli web work
INSERT INTO snapshot (ticket, preservation, made, files, bytes, listing, why, rev, entry)
VALUES (:ticket, :preservation, :made, :files, :bytes, :listing, '', :rev, :entry) RETURNING id;
-- snapshot_end : run : cli web work
UPDATE snapshot SET ended = :ended, why = :why, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- snapshot_of_order : many : cli web work
SELECT n.id, n.rev, t.ref, n.preservation, n.made, n.files, n.bytes, n.ended, n.why, t.item, t.service, t.legal_order,
  n.listing
FROM ticket t JOIN snapshot n ON n.ticket = t.id WHERE t.legal_order = :legal_order ORDER BY n.id;
-- snapshot_of_ticket : one : cli web work
SELECT n.id, n.rev, n.ended, n.files, n.listing, t.service, t.body_ct, n.preservation FROM ticket t
JOIN snapshot n ON n.ticket = t.id WHERE t.ref = :ref;
-- snapshot_file_put : run : cli work
INSERT INTO snapshot_file (snapshot, number, blob, size, key_ct, name_ct)
VALUES (:snapshot, :number, :blob, :size, :key_ct, :name_ct);
-- snapshot_file_of : many : cli work
SELECT number, blob, size, key_ct, name_ct FROM snapshot_file WHERE snapshot = :snapshot ORDER BY number;
-- snapshot_forget : run : cli web work
UPDATE snapshot_file SET key_ct = NULL WHERE snapshot = :snapshot;
-- snapshot_gone : many : cli work
-- scan ok: of the files alone that are to go
SELECT snapshot, number, blob FROM snapshot_file WHERE key_ct IS NULL ORDER BY snapshot, number;
-- snapshot_file_drop : run : cli work
DELETE FROM snapshot_file WHERE snapshot = :snapshot AND number = :number;
-- snapshot_due : many : cli work
-- scan ok: of the snapshots alone that have not ended
SELECT DISTINCT v.legal_order FROM snapshot n JOIN preservation v ON v.id = n.preservation
WHERE n.ended IS NULL AND (v.state = 'released' OR (v.until IS NOT NULL AND v.until < :today)) ORDER BY 1;
