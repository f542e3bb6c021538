-- closed_put : run : cli work
INSERT INTO closed (id, import, line, day_from, day_to, country, class, outcome, accounts, printed)
VALUES (:id, :import, :line, :day_from, :day_to, :country, :class, :outcome, :accounts, :printed);
-- closed_by_id : one : all
SELECT id, import, line, day_from, day_to, country, class, outcome, accounts, printed
FROM closed WHERE id = :id;
-- closed_each : large : all
SELECT id, import, line, day_from, day_to, country, class, outcome, accounts, printed
FROM closed WHERE id >= :first AND id < :past ORDER BY id;
-- import_put : one : cli work
INSERT INTO import (kind, file_hash, map_hash, source, state, next_line, records, accounts, refused,
  note, rev, entry)
VALUES (:kind, :file_hash, :map_hash, :source, :state, :next_line, :records, :accounts, :refused,
  :note, :rev, :entry)
RETURNING id;
-- import_set : run : cli work
UPDATE import SET state = :state, next_line = :next_line, records = :records, accounts = :accounts,
  refused = :refused, note = :note, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- import_of_file : one : cli work
SELECT id, rev, state, next_line, records, accounts, refused, note FROM import
WHERE file_hash = :file_hash AND map_hash = :map_hash;
-- import_each : many : all
-- scan ok
SELECT id, kind, source, state, next_line, records, accounts, refused, note FROM import ORDER BY id;
