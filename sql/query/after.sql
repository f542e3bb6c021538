-- Other ways of delivery, and what comes after one (SPEC.md 9.10).
-- production_mail_put : one : cli web
INSERT INTO production_mail (production, at, author, official, state, letter, blob_hash, size, to_ct, reason_ct, rev, entry)
VALUES (:production, :at, :author, :official, :state, :letter, :blob_hash, :size, :to_ct, :reason_ct, :rev, :entry)
RETURNING id;
-- production_mail_set : run : cli web work
UPDATE production_mail SET second = :second, state = :state, letter = :letter, message = :message, taken = :taken,
  rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- production_mail_of : many : cli web work
SELECT id, rev, production, at, author, second, official, state, letter, message, taken, blob_hash, size, to_ct, reason_ct
FROM production_mail WHERE production = :production ORDER BY id;
-- production_mail_by_letter : one : cli web work
SELECT id, production FROM production_mail WHERE letter = :letter;
-- production_mail_moving : many : work
-- scan ok: only mails whose fate is not recorded have a file
SELECT x.id, x.production, f.blob, f.shared FROM production_mail_file f JOIN production_mail x ON x.id = f.mail
WHERE x.state <> 'waiting' AND f.key_ct IS NOT NULL ORDER BY x.id LIMIT :limit;
-- production_mail_file_drop : run : work
DELETE FROM production_mail_file WHERE mail = :mail;
-- production_mail_file_put : run : cli web
INSERT INTO production_mail_file (mail, blob, name, shared, key_ct, trying)
VALUES (:mail, :blob, :name, :shared, :key_ct, 0);
-- production_mail_file_of : one : cli web work
SELECT blob, name, key_ct, manifest_ct, trying FROM production_mail_file WHERE mail = :mail;
-- production_mail_file_try : run : work
UPDATE production_mail_file SET manifest_ct = :manifest_ct, trying = 1 WHERE mail = :mail;
-- production_mail_file_tried : run : work
UPDATE production_mail_file SET trying = 0 WHERE mail = (SELECT m.id FROM production_mail m WHERE m.letter = :letter);
-- outgoing_drop : run : cli web work
DELETE FROM outgoing WHERE ref = :ref AND state = 'due';
-- production_medium_put : one : cli
INSERT INTO production_medium (production, at, author, kind, blob_hash, size, words_ct, rev, entry)
VALUES (:production, :at, :author, :kind, :blob_hash, :size, :words_ct, :rev, :entry) RETURNING id;
-- production_medium_back : run : cli web
UPDATE production_medium SET received = :received, receiver = :receiver, back_ct = :back_ct, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- production_medium_of : many : cli web work
SELECT id, rev, production, at, author, kind, blob_hash, size, received, receiver, words_ct, back_ct
FROM production_medium WHERE production = :production ORDER BY id;
-- transfer_put : one : cli web work
INSERT INTO transfer (production, at, author, means, until, hash, text_ct, rev, entry)
VALUES (:production, :at, :author, :means, :until, :hash, :text_ct, :rev, :entry) RETURNING id;
-- transfer_last : one : cli web work
SELECT id, at, means, until, hash, text_ct FROM transfer WHERE production = :production ORDER BY id DESC LIMIT 1;
-- misdelivery_put : one : cli web
INSERT INTO misdelivery (production, at, author, found, state, words_ct, rev, entry)
VALUES (:production, :at, :author, :found, 'open', :words_ct, :rev, :entry) RETURNING id;
-- misdelivery_settle : run : cli web
UPDATE misdelivery SET state = 'settled', settler = :settler, settled = :settled, said_ct = :said_ct, rev = rev + 1,
  entry = :entry WHERE id = :id AND rev = :rev;
-- misdelivery_of : many : cli web work
SELECT id, rev, production, at, author, found, state, settler, settled, words_ct, said_ct
FROM misdelivery WHERE production = :production ORDER BY id;
-- misdelivery_of_order : many : cli web work
SELECT x.id, x.found, x.state FROM production p JOIN misdelivery x ON x.production = p.id
WHERE p.legal_order = :legal_order ORDER BY x.id;
-- recall_put : one : cli web
INSERT INTO recall (production, at, author, cause, answer, reason_ct, rev, entry)
VALUES (:production, :at, :author, :cause, '', :reason_ct, :rev, :entry) RETURNING id;
-- recall_answer : run : cli web
UPDATE recall SET answer = :answer, answered = :answered, answerer = :answerer, said_ct = :said_ct, rev = rev + 1,
  entry = :entry WHERE id = :id AND rev = :rev;
-- recall_of : one : cli web work
SELECT id, rev, production, at, author, cause, answer, answered, answerer, reason_ct, said_ct
FROM recall WHERE production = :production;
-- delivery_last : one : cli web work
SELECT id, channel, at FROM delivery WHERE production = :production ORDER BY id DESC LIMIT 1;
-- redirect_put : one : cli web
INSERT INTO redirect (legal_order, at, author, day, despite, contact_ct, rev, entry)
VALUES (:legal_order, :at, :author, :day, :despite, :contact_ct, :rev, :entry) RETURNING id;
-- redirect_of : one : cli web work
SELECT id, at, author, despite, contact_ct FROM redirect WHERE legal_order = :legal_order ORDER BY id DESC LIMIT 1;
-- What somebody still has to see to. Few rows are open at a time.
-- after_open : many : cli web
-- scan ok: what is open of what left by mail, of misdeliveries and of recalls
SELECT 'mail', p.ref, m.ref, o.seq, x.state, x.at, m.id FROM production_mail x JOIN production p ON p.id = x.production
  JOIN legal_order o ON o.id = p.legal_order JOIN matter m ON m.id = o.matter
  WHERE (x.state = 'waiting' OR x.state = 'failed' OR x.state = 'queued') AND p.state = 'sealed' AND m.erased IS NULL
    AND x.id = (SELECT max(y.id) FROM production_mail y WHERE y.production = x.production)
UNION ALL
SELECT 'medium', p.ref, m.ref, o.seq, x.kind, x.at, m.id FROM production_medium x JOIN production p ON p.id = x.production
  JOIN legal_order o ON o.id = p.legal_order JOIN matter m ON m.id = o.matter
  WHERE x.received IS NULL AND m.erased IS NULL
UNION ALL
SELECT 'misdelivery', p.ref, m.ref, o.seq, x.state, x.at, m.id FROM misdelivery x JOIN production p ON p.id = x.production
  JOIN legal_order o ON o.id = p.legal_order JOIN matter m ON m.id = o.matter
  WHERE x.state = 'open' AND m.erased IS NULL
UNION ALL
SELECT 'recall', p.ref, m.ref, o.seq, x.cause, x.at, m.id FROM recall x JOIN production p ON p.id = x.production
  JOIN legal_order o ON o.id = p.legal_order JOIN matter m ON m.id = o.matter
  WHERE (x.answer = '' OR x.answer = 'none') AND m.erased IS NULL
ORDER BY 6, 2;
-- production_by_id : one : cli web work
SELECT id, rev, ref, legal_order, at, maker, recipient, manifest_hash, blob_hash, size, state
FROM production WHERE id = :id;
-- production_seal_each : many : cli web work
SELECT number, kind, blob_hash, size FROM production_seal WHERE production = :production ORDER BY number;
-- A mail that the server took though something stopped the production in that moment: it left, and is no delivery.
-- production_slipped : one : cli web
SELECT count(*) FROM production p JOIN production_mail m ON m.production = p.id
WHERE p.id = :production AND p.state = 'sealed' AND m.state = 'taken';
-- production_has_left : one : cli web
SELECT (SELECT count(*) FROM delivery d WHERE d.production = :production)
  + (SELECT count(*) FROM production_mail m WHERE m.production = :mailed AND m.state = 'taken');
-- Orders of which something left, and whose ground may have fallen since: a person asks the gate about each.
-- recall_candidates : many : cli web
-- scan ok: asked by a person, not in a round
SELECT p.id, o.id, p.ref FROM legal_order o JOIN matter m ON m.id = o.matter
  JOIN production p ON p.legal_order = o.id LEFT JOIN order_desk d ON d.legal_order = o.id
WHERE m.erased IS NULL AND p.state <> 'recalled'
  AND (p.state <> 'sealed' OR EXISTS (SELECT 1 FROM production_mail x WHERE x.production = p.id AND x.state = 'taken'))
  AND (o.state = 'in_review' OR o.state = 'returned' OR o.state = 'lapsed' OR o.state = 'withdrawn' OR o.hold IS NOT NULL
    OR EXISTS (SELECT 1 FROM challenge k WHERE k.legal_order = o.id AND k.state = 'upheld')
    OR p.state = 'sealed' OR d.due < :now)
ORDER BY p.id LIMIT 1000;
