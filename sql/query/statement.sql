-- The statement (desk/statement.c).
-- statement_put : one : cli web
INSERT INTO statement (ref, part, kind, state, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, rev, entry)
VALUES (:ref, :part, :kind, 'proposed', :day, :until, :title_en, :title_de, :text_en, :text_de, :authority_en,
  :authority_de, :outcome_en, :outcome_de, :law, :law_id, :law_verified, :editions, :replaces, :follows, :writer,
  :rev, :entry)
RETURNING id;
-- statement_set : run : cli web
UPDATE statement SET state = :state, number = :number, clearer = :clearer, publisher = :publisher,
  published = :published, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- statement_last : one : cli web
-- scan ok: a few rows a year
SELECT coalesce(max(number), 0) FROM statement;
-- statement_find : one : cli web work
SELECT id, rev, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer, publisher,
  published
FROM statement WHERE ref = :ref;
-- statement_by_id : one : cli web work
SELECT id, rev, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer, publisher,
  published
FROM statement WHERE id = :id;
-- statement_by_number : one : cli web work
SELECT id, rev, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer, publisher,
  published
FROM statement WHERE number = :number;
-- statement_each : many : cli web work
-- scan ok: a few rows a year
SELECT id, rev, ref, part, kind, state, number, day, until, title_en, title_de, text_en, text_de, authority_en,
  authority_de, outcome_en, outcome_de, law, law_id, law_verified, editions, replaces, follows, writer, clearer, publisher,
  published
FROM statement ORDER BY day, id;
