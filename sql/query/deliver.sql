-- What lies in the portal: layings, what officers said, who was named, PINs, downloads, refusals (SPEC.md 8.10).
-- laid_put : one : cli web work
INSERT INTO laid (production, number, seal, at, author, until, more, pin, pins, state, rev, entry)
VALUES (:production, :number, :seal, :at, :author, :until, :more, :pin, 0, 'open', :rev, :entry)
RETURNING id;
-- laid_last : one : cli web work
SELECT id, rev, number, seal, at, author, until, more, pin, pins, state, ended, ender, reason_ct FROM laid
WHERE production = :production ORDER BY number DESC LIMIT 1;
-- laid_by_id : one : cli web work
SELECT id, rev, number, seal, at, author, until, more, pin, pins, state, ended, ender, reason_ct FROM laid WHERE id = :id;
-- laid_of_production : many : cli web work
SELECT id, rev, number, seal, at, author, until, more, pin, pins, state, ended, ender, reason_ct FROM laid
WHERE production = :production ORDER BY number;
-- laid_extend : run : cli web work
UPDATE laid SET until = :until, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- laid_pins : run : cli web work
UPDATE laid SET pins = pins + 1, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- laid_end : run : cli web work
UPDATE laid SET state = :state, ended = :ended, ender = :ender, reason_ct = :reason_ct, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- laid_over : many : cli web work
SELECT l.id, l.production, p.legal_order FROM laid l JOIN production p ON p.id = l.production
JOIN legal_order o ON o.id = p.legal_order JOIN matter m ON m.id = o.matter
WHERE l.state = 'open' AND l.until <= :now AND m.erased IS NULL ORDER BY l.until, l.id LIMIT 200;
-- laid_seal : one : cli web work
SELECT id, number, at FROM production_seal WHERE production = :production AND blob_hash = :blob_hash;
-- What stops a download that runs: not the end of its time.
-- laid_runs : one : cli web
SELECT l.state, p.state, o.hold, (SELECT count(*) FROM alert a WHERE a.matter = o.matter AND a.cleared IS NULL)
FROM laid l JOIN production p ON p.id = l.production JOIN legal_order o ON o.id = p.legal_order WHERE l.id = :id;
-- laid_count : one : cli web
-- scan ok: those that lie open
SELECT (SELECT count(*) FROM laid l WHERE l.state = 'open' AND l.until > :now),
  (SELECT count(*) FROM laid x WHERE x.state = 'open' AND x.until <= :late),
  (SELECT count(*) FROM deposit_pin d JOIN laid y ON y.id = d.laid WHERE y.state = 'open' AND d.tries >= d.most);

-- pledge_put : one : web cli
INSERT INTO pledge (laid, officer, agency, at, rev, entry) VALUES (:laid, :officer, :agency, :at, :rev, :entry)
RETURNING id;
-- pledge_find : one : cli web
SELECT id, at FROM pledge WHERE laid = :laid AND officer = :officer;
-- pledge_of_production : many : cli web
SELECT g.officer, g.at, l.number FROM laid l JOIN pledge g ON g.laid = l.id WHERE l.production = :production ORDER BY g.id;

-- taker_put : one : cli web
INSERT INTO taker (production, officer, author, at, reason_ct, rev, entry)
VALUES (:production, :officer, :author, :at, :reason_ct, :rev, :entry)
RETURNING id;
-- taker_last : one : cli web work
SELECT id, officer, author, at, reason_ct FROM taker WHERE production = :production ORDER BY id DESC LIMIT 1;
-- taker_of_demand : one : cli web work
SELECT t.id FROM taker t JOIN production p ON p.id = t.production JOIN legal_order o ON o.id = p.legal_order
JOIN matter m ON m.id = o.matter
WHERE t.officer = :officer AND coalesce(o.demand, m.demand) = :demand LIMIT 1;

-- pin_put : run : cli web work
INSERT INTO deposit_pin (laid, pin_hash, made, most, tries) VALUES (:laid, :pin_hash, :made, :most, 0)
ON CONFLICT (laid) DO UPDATE SET pin_hash = excluded.pin_hash, made = excluded.made, most = excluded.most, tries = 0,
  taken = NULL, used = NULL;
-- pin_find : one : cli web work
SELECT pin_hash, made, most, tries, taken, used FROM deposit_pin WHERE laid = :laid;
-- A try is counted before it is looked at, so that no two are one.
-- pin_try : run : cli web
UPDATE deposit_pin SET tries = tries + 1 WHERE laid = :laid AND tries < most AND used IS NULL;
-- pin_take : run : cli web
UPDATE deposit_pin SET tries = 0, taken = :now
WHERE laid = :laid AND pin_hash = :pin_hash AND used IS NULL AND (taken IS NULL OR taken < :over);
-- pin_back : run : cli web work
UPDATE deposit_pin SET taken = NULL WHERE laid = :laid AND pin_hash = :pin_hash AND used IS NULL;
-- pin_use : run : cli web work
UPDATE deposit_pin SET taken = NULL, used = :now WHERE laid = :laid AND pin_hash = :pin_hash;
-- pin_drop : run : cli web work
DELETE FROM deposit_pin WHERE laid = :laid;

-- deposit_set : run : cli web work
UPDATE deposit SET blob = :blob, size = :size, key_ct = :key_ct, seal = :seal WHERE production = :production;
-- deposit_close : run : cli web work
UPDATE deposit SET key_ct = NULL WHERE production = :production;
-- deposit_gone_put : run : cli web work
INSERT INTO deposit_gone (blob) VALUES (:blob) ON CONFLICT (blob) DO NOTHING;
-- deposit_gone_each : many : cli work
-- scan ok: it is empty but for minutes
SELECT blob FROM deposit_gone ORDER BY blob LIMIT 200;
-- deposit_gone_drop : run : cli work
DELETE FROM deposit_gone WHERE blob = :blob;

-- download_end_put : run : cli web
INSERT INTO download_end (download, laid, size, sent, what) VALUES (:download, :laid, :size, 0, 'running');
-- download_end_set : run : cli web
UPDATE download_end SET sent = :sent, ended = :ended, what = :what WHERE download = :download AND ended IS NULL;
-- download_ends : many : cli web work
SELECT d.officer, d.at, e.what, e.ended, e.sent, e.size, e.laid FROM download d JOIN download_end e ON e.download = d.id
WHERE d.production = :production ORDER BY d.id;
-- download_whole : one : cli web work
SELECT count(*) FROM download_end WHERE laid = :laid AND what = 'fetched';

-- refusal_put : run : cli web
INSERT INTO portal_refusal (production, officer, what, since, last, n) VALUES (:production, :officer, :what, :since, :last, 1)
ON CONFLICT (production, officer, what, since) DO UPDATE SET last = excluded.last, n = portal_refusal.n + 1;
-- refusal_of_production : many : cli web
SELECT officer, what, since, last, n FROM portal_refusal WHERE production = :production ORDER BY since, officer, what;

-- erase_laids : many : cli
SELECT l.id FROM production p JOIN laid l ON l.production = p.id WHERE p.legal_order = :legal_order ORDER BY l.id;
-- erase_pledges : many : cli
SELECT g.id FROM production p JOIN laid l ON l.production = p.id JOIN pledge g ON g.laid = l.id
WHERE p.legal_order = :legal_order ORDER BY g.id;
-- erase_takers : many : cli
SELECT t.id FROM production p JOIN taker t ON t.production = p.id WHERE p.legal_order = :legal_order ORDER BY t.id;
-- erase_laid : run : cli
UPDATE laid SET reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_pledge : run : cli
UPDATE pledge SET rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_taker : run : cli
UPDATE taker SET reason_gone = :reason_gone, reason_ct = NULL, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- erase_refusals : run : cli
DELETE FROM portal_refusal WHERE production IN (SELECT id FROM production WHERE legal_order = :legal_order);
-- erase_pins : run : cli
DELETE FROM deposit_pin WHERE laid IN
  (SELECT l.id FROM laid l JOIN production p ON p.id = l.production WHERE p.legal_order = :legal_order);
