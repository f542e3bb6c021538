-- The next ids of entries, first and last. SQLite has one writer at a time; PostgreSQL draws from a sequence,
-- which never waits: ids of steps that failed are lost, and another's may lie between (ledger.c looks).
-- entry_ids : one : cli web work
-- scan ok: of two rows
SELECT f.id, f.id + :n - 1 FROM (SELECT 1 + coalesce(max(x.id), 0) AS id FROM
  (SELECT max(id) AS id FROM entry UNION ALL SELECT max(id) FROM stamp) AS x) AS f;
-- entry_ids/pg
SELECT min(x), max(x) FROM (SELECT nextval('entry_id_seq') AS x FROM generate_series(CAST(1 AS bigint), :n)) AS s;
-- entry_newer : one : cli web work
SELECT count(*) FROM entry WHERE matter = :matter AND id > :id;
-- stamp_put : run : cli web work
INSERT INTO stamp (id) VALUES (:id);
-- entry_put : run : cli web work
INSERT INTO entry (id, kind, at, actor, matter, leaf, salt, detail)
VALUES (:id, :kind, :at, :actor, :matter, :leaf, :salt, :detail);
-- entry_by_id : one : all
SELECT id, kind, at, actor, matter, leaf, salt, detail FROM entry WHERE id = :id;
-- entry_each : large : all
SELECT id, leaf FROM entry WHERE id >= :first AND id < :past ORDER BY id;
-- entry_each_full : large : all
SELECT id, kind, at, actor, matter, leaf, salt, detail FROM entry
WHERE id >= :first AND id < :past ORDER BY id;
-- entry_of_matter : many : cli web work
SELECT id, kind, at, actor, leaf, salt, detail FROM entry WHERE matter = :matter ORDER BY id;
-- entry_count_kind : one : all
-- scan ok
SELECT count(*) FROM entry WHERE kind = :kind;
-- pending_put : run : cli web work
INSERT INTO pending (first_entry, n) VALUES (:first, :n);
-- pending_each : large : all
-- scan ok
SELECT first_entry, n FROM pending ORDER BY first_entry;
-- pending_drop : run : seq
DELETE FROM pending WHERE first_entry >= :first AND first_entry < :past;
-- run_put : run : seq
INSERT INTO place_run (first_place, first_entry, n) VALUES (:place, :entry, :n);
-- run_each : large : all
-- scan ok
SELECT first_place, first_entry, n FROM place_run ORDER BY first_place;
-- run_of_entry : one : all
SELECT first_place, first_entry, n FROM place_run WHERE first_entry <= :entry
ORDER BY first_entry DESC LIMIT 1;
-- run_of_place : one : all
SELECT first_place, first_entry, n FROM place_run WHERE first_place <= :place
ORDER BY first_place DESC LIMIT 1;
-- tile_get : one : all
SELECT width, data FROM tile WHERE level = :level AND idx = :idx;
-- tile_put : run : seq
INSERT INTO tile (level, idx, width, data) VALUES (:level, :idx, :width, :data)
ON CONFLICT (level, idx) DO UPDATE SET width = excluded.width, data = excluded.data;
-- tile_each : large : all
SELECT idx, width, data FROM tile WHERE level = :level ORDER BY idx;
-- slot_last : one : all
SELECT size, root, at FROM slot ORDER BY size DESC LIMIT 1;
-- slot_put : run : seq
INSERT INTO slot (size, root, at) VALUES (:size, :root, :at);
-- slot_each : large : all
-- scan ok
SELECT size, root, at FROM slot ORDER BY size;
-- checkpoint_put : run : cli seq
INSERT INTO checkpoint (size, note) VALUES (:size, :note) ON CONFLICT (size) DO NOTHING;
-- checkpoint_last : one : all
SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1;
-- checkpoint_each : large : all
-- scan ok
SELECT size, note FROM checkpoint ORDER BY size;
-- promise_put : run : cli web work
INSERT INTO promise (entry, note) VALUES (:entry, :note);
-- promise_get : one : cli web work
SELECT note FROM promise WHERE entry = :entry;
-- receipt_put : run : cli web
INSERT INTO receipt (demand, entry, leaf, waits) SELECT id, :entry, :leaf, 2 FROM demand WHERE ref = :ref;
-- receipt_waits : one : cli web
SELECT r.demand, r.waits FROM demand AS d JOIN receipt AS r ON r.demand = d.id WHERE d.ref = :ref;
-- receipt_named : run : cli web work
UPDATE receipt SET waits = 1 WHERE demand = :demand AND waits = 2;
-- receipt_unnamed : many : work
-- scan ok: those that wait
SELECT r.demand, d.ref FROM receipt AS r JOIN entry AS e ON e.id = r.entry JOIN demand AS d ON d.id = r.demand
WHERE r.waits > 0 AND r.waits = 2 AND e.at <= :before ORDER BY r.entry LIMIT 100;
-- receipt_waiting : many : work
-- scan ok: those that wait
SELECT entry, leaf, demand FROM receipt WHERE waits > 0 AND waits = 1 ORDER BY entry LIMIT 100;
-- receipt_signed : run : work
UPDATE receipt SET waits = 0 WHERE demand = :demand;
-- receipt_note : one : all
SELECT p.note FROM receipt AS r JOIN promise AS p ON p.entry = r.entry WHERE r.demand = :demand;
-- lease_take : run : seq
INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= :now;
-- lease_drop : run : seq
DELETE FROM lease WHERE name = :name AND holder = :holder;
-- meta_get : one : all
SELECT value FROM meta WHERE name = :name;
-- meta_put : run : cli
INSERT INTO meta (name, value) VALUES (:name, :value);
-- epoch_put : one : cli
INSERT INTO epoch (number, origin, log_key, receipt_key, began, old_log_key, old_receipt_key, old_size, old_root,
  old_note, why, at, rev, entry)
VALUES (:number, :origin, :log_key, :receipt_key, :began, :old_log_key, :old_receipt_key, :old_size, :old_root,
  :old_note, :why, :at, :rev, :entry)
RETURNING id;
-- epoch_last : one : all
SELECT number, origin, log_key, receipt_key, began FROM epoch ORDER BY number DESC LIMIT 1;
-- epoch_each : large : all
-- scan ok: one a disaster
SELECT number, origin, log_key, receipt_key, began, old_log_key, old_receipt_key, old_size, old_root, old_note,
  why, entry
FROM epoch ORDER BY number;
-- slot_by_size : one : all
SELECT root FROM slot WHERE size = :size;
