-- Requests of data subjects (SPEC.md 9.13).
-- access_put : one : cli web
INSERT INTO access_request (ref, demand, key, state, language, at, author, follows, target_ct, who_ct, rev, entry)
VALUES (:ref, :demand, :key, 'asked', :language, :at, :author, :follows, :target_ct, :who_ct, :rev, :entry) RETURNING id;
-- access_set : run : cli web
UPDATE access_request SET state = :state, reviewer = :reviewer, second = :second, told = :told, answered = :answered,
  text_ct = :text_ct, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- access_by_ref : one : cli web
SELECT x.id, x.rev, x.ref, x.demand, d.ref, d.compartment, d.country, x.key, x.state, x.language, x.at, x.author, x.reviewer,
  x.second, x.told, x.answered, x.follows, x.target_ct, x.who_ct, x.text_ct
FROM access_request x JOIN demand d ON d.id = x.demand WHERE x.ref = :ref;
-- access_each : many : cli web
SELECT x.id, x.rev, x.ref, x.demand, d.ref, d.compartment, d.country, x.key, x.state, x.language, x.at, x.author, x.reviewer,
  x.second, x.told, x.answered, x.follows, x.target_ct, x.who_ct, x.text_ct
FROM access_request x JOIN demand d ON d.id = x.demand
WHERE x.state = :state AND x.id < :after AND d.compartment <= :compartment AND (CAST(:within AS bigint) = 0 OR
  (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY x.id DESC LIMIT :limit;
-- What was answered with nothing to tell, and nobody has taken up since.
-- access_silent : many : cli web
SELECT x.id, x.rev, x.ref, x.demand, d.ref, d.compartment, d.country, x.key, x.state, x.language, x.at, x.author, x.reviewer,
  x.second, x.told, x.answered, x.follows, x.target_ct, x.who_ct, x.text_ct
FROM access_request x JOIN demand d ON d.id = x.demand
WHERE x.state = 'answered' AND x.told = 0 AND length(x.key) = 32 AND d.compartment <= :compartment
  AND NOT EXISTS (SELECT 1 FROM access_request y WHERE y.follows = x.id AND y.state <> 'dropped')
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY x.id;
-- Orders that ask for data of the account, but for the sealed ones.
-- access_orders : many : cli web
SELECT o.id, t.id FROM target t JOIN matter m ON m.id = t.matter JOIN legal_order o ON o.matter = m.id
WHERE t.value_key = :key AND m.compartment = 0 AND m.erased IS NULL AND (o.basis = 'order' OR o.basis = 'permitted')
  AND EXISTS (SELECT 1 FROM item i WHERE i.legal_order = o.id AND i.target = t.id)
ORDER BY o.received, o.id;
-- Any orders: an answer that finds nothing looks at as many as one that finds something.
-- access_others : many : cli web
-- scan ok: from the end, and it stops at the limit
SELECT o.id, (SELECT min(t.id) FROM target t WHERE t.matter = o.matter)
FROM legal_order o JOIN matter m ON m.id = o.matter WHERE m.compartment = 0 AND m.erased IS NULL
ORDER BY o.id DESC LIMIT :limit;
-- access_notice : one : cli web
SELECT state, posted FROM notice WHERE legal_order = :legal_order AND target = :target;
