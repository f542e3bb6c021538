-- webhook_put : one : cli web
INSERT INTO webhook (ref, events, made, author, url_ct, secret_ct, rev, entry)
VALUES (:ref, :events, :made, :author, :url_ct, :secret_ct, :rev, :entry) RETURNING id;
-- webhook_end : run : cli web
UPDATE webhook SET ended = :ended, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- webhook_by_ref : one : cli web
SELECT id, rev, ended FROM webhook WHERE ref = :ref;
-- webhook_count : one : cli web
-- scan ok: a few
SELECT count(*) FROM webhook WHERE ended IS NULL;
-- webhook_each : many : cli web
-- scan ok: a few
SELECT w.id, w.rev, w.ref, w.events, w.made, w.ended, w.url_ct,
  (SELECT count(*) FROM webhook_due d WHERE d.state = 'due' AND d.webhook = w.id),
  (SELECT count(*) FROM webhook_due d WHERE d.state = 'failed' AND d.webhook = w.id)
FROM webhook w ORDER BY w.id;

-- The queue: one message to each webhook that wants the event; none of what lies in a compartment.
-- webhook_tell_matter : run : cli web work
-- scan ok: a few webhooks
INSERT INTO webhook_due (ref, webhook, event, matter, at, state, tries, due)
SELECT :ref, w.id, :event, m.id, :now, 'due', 0, :now FROM webhook w, matter m
WHERE m.id = :matter AND m.compartment = 0 AND w.ended IS NULL AND ' ' || w.events || ' ' LIKE :wants
ON CONFLICT DO NOTHING;
-- webhook_tell_demand : run : cli web work
-- scan ok: a few webhooks
INSERT INTO webhook_due (ref, webhook, event, demand, at, state, tries, due)
SELECT :ref, w.id, :event, m.id, :now, 'due', 0, :now FROM webhook w, demand m
WHERE m.id = :demand AND m.compartment = 0 AND w.ended IS NULL AND ' ' || w.events || ' ' LIKE :wants
ON CONFLICT DO NOTHING;
-- Orders whose next deadline is near, outside of compartments.
-- webhook_clocks : many : work
SELECT legal_order, matter, due FROM order_desk
WHERE open = 1 AND compartment = 0 AND due > :now AND due <= :soon ORDER BY due, legal_order LIMIT 1000;
-- webhook_next : one : work
SELECT d.id, d.tries, d.ref, d.event, d.at, m.ref, q.ref, w.url_ct, w.secret_ct
FROM webhook_due d JOIN webhook w ON w.id = d.webhook
LEFT JOIN matter m ON m.id = d.matter LEFT JOIN demand q ON q.id = d.demand
WHERE d.state = 'due' AND d.due <= :now AND w.ended IS NULL AND w.url_ct IS NOT NULL
  AND coalesce(m.compartment, q.compartment) = 0
ORDER BY d.due, d.id LIMIT 1;
-- webhook_take : run : work
UPDATE webhook_due SET tries = tries + 1, due = :next WHERE id = :id AND tries = :tries AND state = 'due';
-- webhook_done : run : work
UPDATE webhook_due SET state = :state WHERE id = :id AND state = 'due';
-- webhook_dead : one : cli web
SELECT count(*) FROM webhook_due WHERE state = 'failed';
-- webhook_sweep : run : work
-- scan ok: once in an hour
DELETE FROM webhook_due WHERE (state = 'sent' AND at < :sent) OR at < :failed;

-- Where people are called by mail.
-- person_mail : one : cli work
SELECT m.address_ct, k.language FROM person_mail m LEFT JOIN person_choice k ON k.person = m.person
WHERE m.person = :person;
-- person_mail_drop : run : cli web
DELETE FROM person_mail WHERE person = :person;
-- person_mail_put : run : cli web
INSERT INTO person_mail (person, address_ct) VALUES (:person, :address_ct);
-- paging_demand : one : work
SELECT demand FROM paging WHERE id = :id;
-- Time stamps that productions wait for.
-- stamp_want : run : cli work
INSERT INTO production_stamp (production, made, tries, due) VALUES (:production, :now, 0, :due);
-- stamp_next : one : work
SELECT s.production, s.tries, s.made, p.manifest_hash FROM production_stamp s JOIN production p ON p.id = s.production
WHERE s.token IS NULL AND s.due <= :now ORDER BY s.due LIMIT 1;
-- stamp_take : run : work
UPDATE production_stamp SET tries = tries + 1, due = :next
WHERE production = :production AND tries = :tries AND token IS NULL;
-- stamp_keep : run : work
UPDATE production_stamp SET token = :token, at = :at WHERE production = :production AND token IS NULL;
-- stamp_of : one : cli web work
SELECT token, at FROM production_stamp WHERE production = :production;
