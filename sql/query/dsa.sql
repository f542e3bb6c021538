-- The template of Implementing Regulation (EU) 2024/2835, SPEC.md 5.9.
-- order_dsa_put : one : cli web
INSERT INTO order_dsa (legal_order, category, keyword, own, told, informed, automatic, at, author, rev, entry)
VALUES (:legal_order, :category, :keyword, :own, :told, :informed, :automatic, :at, :author, :rev, :entry)
RETURNING id;
-- order_dsa_last : one : cli web work
SELECT category, keyword, own, told, informed, automatic, at FROM order_dsa
WHERE legal_order = :legal_order AND at < :past ORDER BY id DESC LIMIT 1;
-- An order's arrival and recording, what would keep it from the template, and the last handing over.
-- order_dsa_times : one : cli web work
SELECT o.received, d.recorded, d.country,
  CASE WHEN m.compartment = 1 OR d.compartment = 1 THEN 1 ELSE 0 END,
  (SELECT max(v.at) FROM production p JOIN delivery v ON v.production = p.id
    WHERE p.legal_order = o.id AND p.state <> 'recalled' AND v.at < :past),
  m.ref, o.seq
FROM legal_order o JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = coalesce(o.demand, m.demand)
WHERE o.id = :id;
-- dsa_given_put : one : cli
INSERT INTO dsa_given (day_from, day_to, scope, category, keyword, own, form, cell, value, text, source,
  publisher, at, rev, entry)
VALUES (:day_from, :day_to, :scope, :category, :keyword, :own, :form, :cell, :value, :text, :source,
  :publisher, :at, :rev, :entry)
RETURNING id;
-- dsa_given_each : many : cli web work
SELECT scope, category, keyword, own, form, cell, value, text, source, at FROM dsa_given
WHERE day_from = :day_from AND day_to = :day_to ORDER BY id;
