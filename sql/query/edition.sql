-- edition_put : one : cli work
INSERT INTO edition (day_from, day_to, version, as_of, state, structure, figures_hash, maker, rev, entry)
VALUES (:day_from, :day_to, :version, :as_of, 'draft', :structure, :figures_hash, :maker, :rev, :entry)
RETURNING id;
-- edition_turn : run : cli work
-- One publication after the other, on every machine: the row stays locked to the end of the transaction.
INSERT INTO lease (name, holder, until) VALUES ('publication', '', 0)
ON CONFLICT (name) DO UPDATE SET until = lease.until;
-- edition_publish : run : cli work
UPDATE edition SET state = 'published', publisher = :publisher, published = :published,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- edition_last : one : cli web work
SELECT coalesce(max(version), 0) FROM edition WHERE day_from = :day_from AND day_to = :day_to;
-- edition_out : one : cli web work
SELECT count(*) FROM edition WHERE day_from = :day_from AND day_to = :day_to AND state = 'published';
-- edition_find : one : cli web work
SELECT n.id, n.rev, n.day_from, n.day_to, n.version, n.as_of, n.state, n.structure, n.figures_hash,
  n.maker, n.publisher, n.published, e.at, n.entry
FROM edition n JOIN entry e ON e.id = n.entry
WHERE n.day_from = :day_from AND n.day_to = :day_to AND n.version = :version;
-- edition_by_id : one : cli web work
SELECT n.id, n.rev, n.day_from, n.day_to, n.version, n.as_of, n.state, n.structure, n.figures_hash,
  n.maker, n.publisher, n.published, e.at, n.entry
FROM edition n JOIN entry e ON e.id = n.entry WHERE n.id = :id;
-- edition_each : many : all
-- scan ok: a few rows a year
SELECT n.id, n.rev, n.day_from, n.day_to, n.version, n.as_of, n.state, n.structure, n.figures_hash,
  n.maker, n.publisher, n.published, e.at, n.entry
FROM edition n JOIN entry e ON e.id = n.entry ORDER BY n.day_from, n.day_to, n.version;
-- figure_put : run : cli work
INSERT INTO figure (edition, section, country, instrument, metric, value_min, value_max, unit, status)
VALUES (:edition, :section, :country, :instrument, :metric, :value_min, :value_max, :unit, :status);
-- figure_each : many : all
SELECT section, country, instrument, metric, value_min, value_max, unit, status
FROM figure WHERE edition = :edition;
-- The last look at an edition (desk/verdict.c).
-- verdict_put : run : cli work
INSERT INTO edition_verdict (edition, at, grounds, breaches) VALUES (:edition, :at, :grounds, :breaches)
ON CONFLICT (edition) DO UPDATE SET at = excluded.at, grounds = excluded.grounds, breaches = excluded.breaches;
-- verdict_get : one : cli web work
SELECT at, grounds, breaches FROM edition_verdict WHERE edition = :edition;
