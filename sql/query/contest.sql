-- Challenges before courts and bodies (SPEC.md 9.11); the challenge's own row stands in desk.sql.
-- contest_put : one : cli web
INSERT INTO contest (challenge, legal_order, kind, party, filed, answer_by, follows, secrecy, in_public, court_ct, rev, entry)
VALUES (:challenge, :legal_order, :kind, :party, :filed, :answer_by, :follows, :secrecy, :in_public, :court_ct, :rev, :entry)
RETURNING id;
-- contest_decide : run : cli web
UPDATE contest SET outcome = :outcome, decided = :decided, ruling_ct = :ruling_ct, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- contest_permit : run : cli web
UPDATE contest SET permission = :permission, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- contest_due : run : cli web
UPDATE contest SET answer_by = :answer_by, court_ct = :court_ct, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- hearing_put : one : cli web
INSERT INTO hearing (legal_order, challenge, number, day, state, note_ct, rev, entry)
VALUES (:legal_order, :challenge, :number, :day, 'set', :note_ct, :rev, :entry) RETURNING id;
-- hearing_set : run : cli web
UPDATE hearing SET state = :state, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- hearing_of_order : many : cli web work
SELECT h.id, h.rev, h.challenge, h.number, h.day, h.state, h.note_ct FROM hearing h
WHERE h.legal_order = :legal_order ORDER BY h.challenge, h.number;
-- contest_bound_put : one : cli web
INSERT INTO contest_bound (legal_order, challenge, item, allowed, day_from, day_to, rev, entry)
VALUES (:legal_order, :challenge, :item, :allowed, :day_from, :day_to, :rev, :entry) RETURNING id;
-- contest_bounds : many : cli web work
SELECT challenge, item, allowed, day_from, day_to FROM contest_bound WHERE legal_order = :legal_order ORDER BY id;
-- contest_set_aside : one : cli web work
SELECT count(*) FROM challenge k JOIN contest q ON q.challenge = k.id
WHERE k.legal_order = :legal_order AND k.against = 'order' AND q.outcome = 'upheld' AND q.party <> 'authority';
-- What had left an order, and nobody has recalled.
-- contest_left : one : cli web work
SELECT count(*) FROM production WHERE legal_order = :legal_order AND (state = 'delivered' OR state = 'acknowledged');
-- All challenges of a state, the newest first.
-- contest_each : many : cli web
SELECT k.id, m.ref, o.seq, k.legal_order
FROM challenge k JOIN legal_order o ON o.id = k.legal_order JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = m.demand
WHERE (k.state = 'filed') = (CAST(:open AS bigint) = 1) AND k.id < :after AND m.compartment <= :compartment
  AND m.erased IS NULL AND (CAST(:within AS bigint) = 0 OR
    (SELECT l.active FROM person_land l WHERE l.person = :within AND l.country = d.country) = 1)
ORDER BY k.id DESC LIMIT :limit;
-- contest_permission : one : cli web work
SELECT ref FROM permission WHERE id = :id;
-- contest_barred : one : cli web
SELECT count(*) FROM legal_order o JOIN secrecy s ON s.legal_order = o.id
WHERE o.matter = :matter AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= :day);
