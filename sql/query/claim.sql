-- Claims for what an answer cost (desk/claim.h).
-- claim_bar_find : one : cli web work
SELECT kind FROM claim_bar WHERE matter = :matter AND kind = :kind;
-- claim_bar_put : one : cli web work
INSERT INTO claim_bar (matter, kind, at, author, rev, entry)
VALUES (:matter, :kind, :at, :author, :rev, :entry)
RETURNING id;
-- What the schema sees of a case: bars on record, and orders that are an emergency by themselves.
-- claim_barred : one : cli web work
SELECT (SELECT min(b.kind) FROM claim_bar b WHERE b.matter = :matter),
  (SELECT count(*) FROM legal_order o WHERE o.matter = :matter AND (o.emergency = 1 OR o.class = 'emergency'
    OR o.instrument = 'US-PRTT-EMERG')),
  (SELECT count(*) FROM legal_order o WHERE o.matter = :matter AND o.instrument = 'US-NCMEC');

-- claim_put : one : cli web
INSERT INTO claim (ref, legal_order, matter, compartment, country, fees, currency, state, emergency, child_abuse, central,
  measure_end, claim_by, limit_day, capped, cost, total, asked, paid, opened, author, late, reason_ct, rev, entry)
VALUES (:ref, :legal_order, :matter, :compartment, :country, :fees, :currency, 'open', 0, 0, :central,
  :measure_end, :claim_by, :limit_day, :capped, NULL, 0, 0, 0, :opened, :author, 0, :reason_ct, :rev, :entry)
RETURNING id;
-- Where no claim has the reference, another one: the answer is to take as long (desk/claim.c looks at ref).
-- claim_by_ref : one : cli web work
SELECT k.id, k.rev, k.ref, k.legal_order, k.matter, m.ref, o.seq, k.compartment, k.country, k.fees, k.currency, k.state,
  k.central, k.measure_end, k.claim_by, k.limit_day, k.capped, k.cost, k.total, k.asked, k.paid, k.opened, k.author,
  k.sent_day, k.sender, k.late, k.ended_day, k.reason_ct, k.buyer_ct, o.instrument, o.received,
  (SELECT min(b.kind) FROM claim_bar b WHERE b.matter = k.matter)
FROM claim k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.id = (SELECT COALESCE(found.id, other.id) FROM (SELECT max(id) AS id FROM claim) AS other
  LEFT JOIN claim AS found ON found.ref = :ref);
-- claim_by_id : one : cli web
SELECT k.id, k.rev, k.ref, k.legal_order, k.matter, m.ref, o.seq, k.compartment, k.country, k.fees, k.currency, k.state,
  k.central, k.measure_end, k.claim_by, k.limit_day, k.capped, k.cost, k.total, k.asked, k.paid, k.opened, k.author,
  k.sent_day, k.sender, k.late, k.ended_day, k.reason_ct, k.buyer_ct, o.instrument, o.received,
  (SELECT min(b.kind) FROM claim_bar b WHERE b.matter = k.matter)
FROM claim k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.id = :id;
-- claim_each : many : cli web
SELECT k.id, k.rev, k.ref, k.legal_order, k.matter, m.ref, o.seq, k.compartment, k.country, k.fees, k.currency, k.state,
  k.central, k.measure_end, k.claim_by, k.limit_day, k.capped, k.cost, k.total, k.asked, k.paid, k.opened, k.author,
  k.sent_day, k.sender, k.late, k.ended_day, k.reason_ct, k.buyer_ct, o.instrument, o.received,
  (SELECT min(b.kind) FROM claim_bar b WHERE b.matter = k.matter)
FROM claim k JOIN matter m ON m.id = k.matter JOIN legal_order o ON o.id = k.legal_order
WHERE k.state = :state AND (k.opened, k.id) > (:opened, :after) AND k.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1)
ORDER BY k.opened, k.id LIMIT :limit;
-- claim_live : one : cli web
SELECT ref FROM claim WHERE legal_order = :legal_order AND state IN ('open', 'sent', 'paid');
-- claim_of_matter : many : cli web work
SELECT k.id, k.legal_order, k.fees, k.state, k.claim_by, k.limit_day FROM claim k WHERE k.matter = :matter ORDER BY k.id;
-- claim_of_order : many : cli web work
SELECT ref, state, asked, currency, claim_by FROM claim WHERE legal_order = :legal_order ORDER BY id;
-- claim_count : one : cli web
SELECT count(*) FROM (SELECT id FROM claim WHERE state = :state AND compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = claim.country) = 1) LIMIT :most) AS few;
-- claim_set : run : cli web
UPDATE claim SET state = :state, cost = :cost, total = :total, asked = :asked, paid = :paid, sent_day = :sent_day,
  sender = :sender, late = :late, ended_day = :ended_day, reason_ct = :reason_ct, buyer_ct = :buyer_ct,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- Orders that were answered in a time and have no claim: what finance begins with.
-- claim_due : many : cli web
SELECT o.id, o.matter, m.ref, o.seq, d.country, o.instrument, o.settled, m.compartment
FROM legal_order o JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = m.demand
WHERE (o.settled, o.id) > (:settled, :after) AND o.settled < :until AND m.compartment <= :compartment
  AND m.erased IS NULL AND (o.outcome = 'content' OR o.outcome = 'noncontent')
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
  AND NOT EXISTS (SELECT 1 FROM claim k WHERE k.legal_order = o.id)
  AND NOT EXISTS (SELECT 1 FROM claim_bar b WHERE b.matter = o.matter)
  AND NOT EXISTS (SELECT 1 FROM legal_order y WHERE y.matter = o.matter AND (y.emergency = 1 OR y.class = 'emergency'
    OR y.instrument = 'US-PRTT-EMERG' OR y.instrument = 'US-NCMEC'))
ORDER BY o.settled, o.id LIMIT :limit;
-- When the last part of an answer left: handed over, or else made.
-- claim_measure_end : one : cli web
SELECT max(v.at), max(p.at) FROM production p LEFT JOIN delivery v ON v.production = p.id
WHERE p.legal_order = :legal_order AND p.state <> 'recalled';
-- Files of each production: those handed over in one go.
-- claim_files : many : cli web
SELECT p.id, (SELECT count(*) FROM production_file f WHERE f.production = p.id) FROM production p
WHERE p.legal_order = :legal_order AND p.state <> 'recalled' ORDER BY p.id;

-- claim_line_put : one : cli web
INSERT INTO claim_line (claim, number, fee, quantity, rate, blocks, unit, parts, percent, total, proposed, state, author,
  reason_ct, rev, entry)
VALUES (:claim, :number, :fee, :quantity, :rate, :blocks, :unit, :parts, :percent, :total, :proposed, :state, :author,
  :reason_ct, :rev, :entry)
RETURNING id;
-- claim_lines : many : cli web work
SELECT id, rev, number, fee, quantity, rate, blocks, unit, parts, percent, total, proposed, state, author, reason_ct
FROM claim_line WHERE claim = :claim ORDER BY number;
-- claim_line_set : run : cli web
UPDATE claim_line SET quantity = :quantity, rate = :rate, blocks = :blocks, unit = :unit, parts = :parts,
  percent = :percent, total = :total, state = :state, author = :author, reason_ct = :reason_ct,
  rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;

-- What was claimed of what was sent in a time, and what of it was paid, as it stood on a day: what was waived by then does
-- not count, nor what lies in a compartment.
-- claim_sums : many : cli web
SELECT k.country, k.currency, count(*), CAST(sum(k.asked) AS bigint),
  CAST(sum(CASE WHEN k.paid > 0 AND (k.ended_day <= :as_of OR k.state = 'waived') THEN k.paid ELSE 0 END) AS bigint)
FROM claim k
WHERE k.sent_day >= :day_from AND k.sent_day <= :day_to AND k.sent_day <= :as_of AND k.compartment = 0
  AND (k.state <> 'waived' OR k.ended_day > :as_of)
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = k.country) = 1)
GROUP BY k.country, k.currency ORDER BY k.country, k.currency;
