-- Scope (SPEC.md 9.3): what was looked over, and the check of each file that leaves.
-- look_over_put : one : cli web
INSERT INTO look_over (legal_order, item, decision, sha256, person, at, rev, entry)
VALUES (:legal_order, :item, :decision, :sha256, :person, :at, :rev, :entry)
RETURNING id;
-- look_over_of_item : many : cli web work
SELECT id, decision, sha256, person, at FROM look_over WHERE item = :item ORDER BY id;
-- file_check_put : one : cli work
INSERT INTO file_check (legal_order, production, item, checker, format, shape, came, leaves, records, released, held,
  cut, masked, look_over, rev, entry)
VALUES (:legal_order, :production, :item, :checker, :format, :shape, :came, :leaves, :records, :released, :held,
  :cut, :masked, :look_over, :rev, :entry)
RETURNING id;
-- file_check_of_order : many : cli web work
SELECT k.id, p.ref, (SELECT count(*) FROM item x WHERE x.legal_order = i.legal_order AND x.id <= i.id), k.checker, k.format, k.shape, k.records, k.released, k.held, k.cut, k.masked, y.person
FROM file_check k JOIN production p ON p.id = k.production JOIN item i ON i.id = k.item
LEFT JOIN look_over y ON y.id = k.look_over
WHERE k.legal_order = :legal_order ORDER BY k.id;
-- decision_mask_put : one : cli web
INSERT INTO decision_mask (legal_order, decision, rev, entry)
VALUES (:legal_order, :decision, :rev, :entry)
RETURNING id;
-- decision_mask_of : one : cli web work
SELECT id FROM decision_mask WHERE decision = :decision;
