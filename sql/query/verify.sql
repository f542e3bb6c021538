-- What closing a slot, verifying, exporting and proving read (beside ledger.sql and image.sql).
-- checkpoint_get : one : all
SELECT note FROM checkpoint WHERE size = :size;
-- pending_oldest : one : all
-- scan ok
SELECT entry.at FROM pending JOIN entry ON entry.id = pending.first_entry
ORDER BY pending.first_entry LIMIT 1;
-- verify_hold : large : all
-- scan ok
SELECT count(*) FROM lease;
-- verify_entries : large : all
-- scan ok
SELECT e.kind, e.at, e.actor, e.matter, e.leaf, e.salt, e.detail,
  e.id, k.import, k.line, k.day_from, k.day_to, k.country, k.class, k.outcome, k.accounts, k.printed
FROM entry AS e LEFT JOIN closed AS k ON k.id = e.id
ORDER BY e.id;
-- verify_closed_count : one : all
-- scan ok
SELECT count(*) FROM closed;
-- verify_loose_closed : large : all
-- scan ok: only when there are more records than entries had
SELECT k.id FROM closed AS k LEFT JOIN entry AS e ON e.id = k.id WHERE e.id IS NULL
ORDER BY k.id LIMIT 101;
-- verify_count : one : all
-- scan ok
SELECT (SELECT count(*) FROM tile), (SELECT count(*) FROM entry);
-- verify_promises : large : all
-- scan ok
SELECT p.entry, p.note, e.leaf FROM promise AS p LEFT JOIN entry AS e ON e.id = p.entry
ORDER BY p.entry;
