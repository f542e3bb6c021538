-- What an edition counts. Sealed and national-security orders come too: the program bands them.
-- count_orders : large : cli web work
SELECT o.id, o.instrument, o.class, o.basis, o.emergency,
  (SELECT x.code FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1),
  (SELECT x.outcome FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1),
  o.narrowed, o.withdrawn_because, d.country, d.channel,
  CASE WHEN m.compartment = 1 OR d.compartment = 1 THEN 1 ELSE 0 END,
  CASE WHEN EXISTS (SELECT 1 FROM secrecy s WHERE s.legal_order = o.id) THEN 1 ELSE 0 END,
  (SELECT count(DISTINCT t.value_key) FROM item i JOIN target t ON t.id = i.target
    WHERE i.legal_order = o.id),
  (SELECT count(DISTINCT t.value_key) FROM production p
    JOIN production_file f ON f.production = p.id JOIN item i ON i.id = f.item
    JOIN target t ON t.id = i.target
    WHERE p.legal_order = o.id AND p.at < :past AND p.state <> 'recalled'),
  (SELECT x.at FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1), o.received,
  (SELECT min(n.posted) FROM notice n WHERE n.legal_order = o.id AND n.posted < :past),
  (SELECT min(s.since) FROM secrecy s WHERE s.legal_order = o.id AND s.bars <> 'public' AND s.since < :past),
  (SELECT count(*) FROM secrecy s WHERE s.legal_order = o.id AND s.bars <> 'public' AND s.since < :past
    AND (s.lifted IS NULL OR s.lifted >= :past) AND (s.until IS NULL OR s.until >= :as_of))
FROM legal_order o JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = coalesce(o.demand, m.demand)
WHERE o.received >= :from AND o.received < :until;
-- count_order : one : cli web work
SELECT o.id, o.instrument, o.class, o.basis, o.emergency,
  (SELECT x.code FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1),
  (SELECT x.outcome FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1),
  o.narrowed, o.withdrawn_because, d.country, d.channel,
  CASE WHEN m.compartment = 1 OR d.compartment = 1 THEN 1 ELSE 0 END,
  CASE WHEN EXISTS (SELECT 1 FROM secrecy s WHERE s.legal_order = o.id) THEN 1 ELSE 0 END,
  (SELECT count(DISTINCT t.value_key) FROM item i JOIN target t ON t.id = i.target
    WHERE i.legal_order = o.id),
  (SELECT count(DISTINCT t.value_key) FROM production p
    JOIN production_file f ON f.production = p.id JOIN item i ON i.id = f.item
    JOIN target t ON t.id = i.target
    WHERE p.legal_order = o.id AND p.at < :past AND p.state <> 'recalled'),
  (SELECT x.at FROM order_outcome x WHERE x.legal_order = o.id AND x.at < :past
    ORDER BY x.id DESC LIMIT 1), o.received,
  (SELECT min(n.posted) FROM notice n WHERE n.legal_order = o.id AND n.posted < :past),
  (SELECT min(s.since) FROM secrecy s WHERE s.legal_order = o.id AND s.bars <> 'public' AND s.since < :past),
  (SELECT count(*) FROM secrecy s WHERE s.legal_order = o.id AND s.bars <> 'public' AND s.since < :past
    AND (s.lifted IS NULL OR s.lifted >= :past) AND (s.until IS NULL OR s.until >= :as_of))
FROM legal_order o JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = coalesce(o.demand, m.demand)
WHERE o.id = :id;
-- count_links : large : cli web work
-- scan ok: once for an edition, and few orders have one
SELECT id, coalesce(amends, cures), received FROM legal_order
WHERE (cures IS NOT NULL OR amends IS NOT NULL) AND received < :past;
-- count_untriaged : one : cli web work
SELECT count(*) FROM demand
WHERE state = 'received' AND received >= :from AND received < :until AND compartment = 0;
-- count_closed : large : cli web work
-- scan ok: one pass over the history is the whole count
SELECT import, country, class, outcome, accounts,
  CASE WHEN day_from >= :from AND day_to <= :until THEN 1 ELSE 0 END
FROM closed WHERE day_from <= :until AND day_to >= :from;
-- count_imports : many : cli web work
-- scan ok: a handful of rows
SELECT id, file_hash, source, state, records, accounts, note, map_hash FROM import
WHERE kind = 'closed' ORDER BY id;
-- count_sealed : large : cli web work
-- scan ok: sealed by whole rows, so that no index tells of them
SELECT record_ct FROM sealed_record ORDER BY id;
-- Orders of which a bar ended in a time, by its last day or because it was lifted.
-- count_freed : large : cli web work
-- scan ok: once for an edition
SELECT DISTINCT s.legal_order FROM secrecy s
WHERE (s.until >= :day_from AND s.until <= :day_to) OR (s.lifted >= :from AND s.lifted < :until)
ORDER BY s.legal_order;
-- Claims that were sent in a time, as they stood on a day (claim_sums).
-- count_claims : large : cli web work
SELECT k.legal_order, k.country, k.currency, k.asked,
  CASE WHEN k.paid > 0 AND (k.ended_day <= :as_of OR k.state = 'waived') THEN k.paid ELSE 0 END
FROM claim k
WHERE k.sent_day >= :day_from AND k.sent_day <= :day_to AND k.sent_day <= :as_of AND k.compartment = 0
  AND (k.state <> 'waived' OR k.ended_day > :as_of)
ORDER BY k.id;
