-- Bars and notices to users (SPEC.md 9.8).
-- secrecy_source_put : one : cli web
INSERT INTO secrecy_source (legal_order, secrecy, source, review, author, at, rev, entry)
VALUES (:legal_order, :secrecy, :source, :review, :author, :at, :rev, :entry) RETURNING id;
-- secrecy_source_set : run : cli web
UPDATE secrecy_source SET source = :source, review = :review, author = :author, at = :at, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- secrecy_source_of : one : cli web work
SELECT id, rev, source, review FROM secrecy_source WHERE secrecy = :secrecy;
-- secrecy_reviews : many : cli web work
SELECT s.rule, x.review, 'review' FROM secrecy_source x JOIN secrecy s ON s.id = x.secrecy
WHERE x.legal_order = :legal_order AND x.review IS NOT NULL AND s.lifted IS NULL
UNION ALL
SELECT s.rule, b.by_day, 'apply' FROM bar_step b JOIN secrecy s ON s.id = b.secrecy
WHERE b.legal_order = :legal_order AND b.by_day IS NOT NULL AND s.lifted IS NULL
  AND NOT EXISTS (SELECT 1 FROM bar_step y WHERE y.secrecy = b.secrecy AND y.number > b.number
    AND y.kind <> 'asked' AND y.kind <> 'kept');
-- bar_step_put : one : cli web
INSERT INTO bar_step (legal_order, secrecy, number, kind, day, by_day, author, at, said_ct, rev, entry)
VALUES (:legal_order, :secrecy, :number, :kind, :day, :by_day, :author, :at, :said_ct, :rev, :entry) RETURNING id;
-- bar_steps : many : cli web work
SELECT id, kind, day, by_day, said_ct FROM bar_step WHERE secrecy = :secrecy ORDER BY number;
-- notice_put : one : cli web work
INSERT INTO notice (legal_order, target, state, holds, at, author, way, text_ct, said_ct, rev, entry)
VALUES (:legal_order, :target, :state, :holds, :at, :author, '', :text_ct, :said_ct, :rev, :entry) RETURNING id;
-- notice_set : run : cli web work
UPDATE notice SET state = :state, holds = :holds, author = :author, approver = :approver, sender = :sender, sent = :sent,
  sent_day = :sent_day, way = :way, letter = :letter, posted = :posted, not_before = :not_before, text_ct = :text_ct,
  said_ct = :said_ct, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- notice_of_order : many : cli web work
SELECT id, rev, target, state, holds, at, author, approver, sender, sent, sent_day, way, letter, posted, not_before,
  text_ct, said_ct FROM notice WHERE legal_order = :legal_order ORDER BY id;
-- notice_bars : one : cli web work
SELECT count(*) FROM target a JOIN target b ON b.value_key = a.value_key JOIN legal_order o ON o.matter = b.matter
  JOIN secrecy s ON s.legal_order = o.id
WHERE a.id = :target AND s.bars <> 'public' AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= :day);
-- notice_letter_state : one : cli web work
SELECT state FROM outgoing WHERE ref = :ref;
-- Letters that wait while a bar begins, of the case and of every other about the same account.
-- notice_call_back : run : cli web
DELETE FROM outgoing WHERE state = 'due' AND ref IN (SELECT n.letter FROM legal_order o JOIN target a ON a.matter = o.matter
  JOIN target b ON b.value_key = a.value_key JOIN notice n ON n.target = b.id
  WHERE o.id = :legal_order AND n.letter IS NOT NULL AND n.posted IS NULL);
-- Orders with something for the sweep: mails whose fate is not recorded, bars without a notice row, and notices that
-- were barred.
-- notice_sweep : many : cli web work
-- scan ok: once in a round, and few orders are barred
SELECT o.id, o.matter FROM legal_order o JOIN matter m ON m.id = o.matter
WHERE m.erased IS NULL AND o.id > :after AND (
  EXISTS (SELECT 1 FROM notice n WHERE n.legal_order = o.id AND (n.state = 'barred' OR n.state = 'due' OR (n.state = 'sent' AND n.posted IS NULL)))
  OR EXISTS (SELECT 1 FROM secrecy s WHERE s.legal_order = o.id AND s.bars <> 'public'
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.legal_order = o.id)))
ORDER BY o.id LIMIT :limit;
-- Notices in a state, in the order in which they came: what waits for a person.
-- notice_page : many : cli web
SELECT n.id, m.ref, o.seq, (SELECT count(*) FROM notice y WHERE y.legal_order = n.legal_order AND y.id <= n.id),
  n.state, n.holds, n.at, n.sent, n.posted, n.not_before, d.country
FROM notice n CROSS JOIN order_desk d CROSS JOIN legal_order o CROSS JOIN matter m
WHERE n.state = :state AND n.id > :after AND d.legal_order = n.legal_order AND o.id = n.legal_order AND m.id = o.matter
  AND m.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY n.id LIMIT :limit;
-- notice_count : one : cli web
SELECT count(*) FROM (SELECT n.id FROM notice n CROSS JOIN order_desk d
  WHERE n.state = :state AND d.legal_order = n.legal_order AND d.compartment <= :compartment
  AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1) LIMIT :most) AS few;
-- What goes with a notice: with the paper that it is a copy of.
-- notice_copy_of : one : cli web work
SELECT y.id, y.rev, y.paper, y.blob, y.kind, y.sha256, y.size, y.dropped, y.key_ct, p.blob, p.key_ct
FROM notice_copy y LEFT JOIN paper p ON p.id = y.paper WHERE y.notice = :notice;
-- notice_copy_put : one : cli web
INSERT INTO notice_copy (legal_order, notice, paper, blob, kind, sha256, size, dropped, author, at, day, key_ct, rev, entry)
VALUES (:legal_order, :notice, :paper, :blob, :kind, :sha256, :size, :dropped, :author, :at, :day, :key_ct, :rev, :entry) RETURNING id;
-- notice_copy_set : run : cli web
UPDATE notice_copy SET paper = :paper, blob = :blob, kind = :kind, sha256 = :sha256, size = :size, dropped = :dropped,
  author = :author, at = :at, day = :day, key_ct = :key_ct, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- notice_of_letter : one : cli web work
SELECT id, target FROM notice WHERE letter = :letter;
