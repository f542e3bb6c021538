-- What may be said (desk/permission.c, desk/known.c, desk/base.c).
-- permission_put : one : cli web
INSERT INTO permission (ref, kind, subject, class, lo, hi, given, until, title_en, title_de, text_en, text_de,
  authority_en, authority_de, law, counsel, recorded, rev, entry)
VALUES (:ref, :kind, :subject, :class, :lo, :hi, :given, :until, :title_en, :title_de, :text_en, :text_de,
  :authority_en, :authority_de, :law, :counsel, :recorded, :rev, :entry)
RETURNING id;
-- permission_end : run : cli web
UPDATE permission SET ended = :ended, ender = :ender, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- permission_each : many : cli web work
-- scan ok: a few rows a year
SELECT id, rev, ref, kind, subject, class, lo, hi, given, until, title_en, title_de, text_en, text_de,
  authority_en, authority_de, law, counsel, recorded, ended, ender, entry
FROM permission ORDER BY id;
-- known_put : one : cli web
INSERT INTO known_figure (ref, country, counts, structure, category, unit, day_from, day_to, lo, hi, published,
  source, assumes, writer, recorded, rev, entry)
VALUES (:ref, :country, :counts, :structure, :category, :unit, :day_from, :day_to, :lo, :hi, :published,
  :source, :assumes, :writer, :recorded, :rev, :entry)
RETURNING id;
-- known_end : run : cli web
UPDATE known_figure SET ended = :ended, ender = :ender, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- known_each : many : cli web work
-- scan ok: a few rows a year
SELECT id, rev, ref, country, counts, structure, category, unit, day_from, day_to, lo, hi, published,
  source, assumes, writer, recorded, ended, ender
FROM known_figure ORDER BY id;
-- base_put : one : cli web
INSERT INTO user_base (day_from, day_to, users, source, writer, recorded, rev, entry)
VALUES (:day_from, :day_to, :users, :source, :writer, :recorded, :rev, :entry)
RETURNING id;
-- base_last : one : cli web work
SELECT users, source, recorded FROM user_base
WHERE day_from = :day_from AND day_to = :day_to AND recorded <= :recorded AND entry < :before
ORDER BY id DESC LIMIT 1;
-- cause_put : one : cli work
INSERT INTO edition_cause (edition, title_en, title_de, text_en, text_de, rev, entry)
VALUES (:edition, :title_en, :title_de, :text_en, :text_de, :rev, :entry)
RETURNING id;
-- cause_find : one : cli web work
SELECT title_en, title_de, text_en, text_de FROM edition_cause WHERE edition = :edition;
