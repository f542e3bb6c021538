-- Subjects of the OpenID provider (desk/subject.c).
-- oidc_subject_put : one : cli web
INSERT INTO oidc_subject (person, number, subject_key, issuer, way, added, cause, subject_ct, rev, entry)
VALUES (:person, :number, :subject_key, :issuer, :way, :added, '', :subject_ct, :rev, :entry)
RETURNING id;
-- oidc_subject_end : run : cli web
UPDATE oidc_subject SET ended = :ended, cause = :cause, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- oidc_subject_live : one : cli web
SELECT id, rev, person, number, issuer, way, added, ended, cause, subject_ct
FROM oidc_subject WHERE subject_key = :subject_key AND ended IS NULL;
-- oidc_subject_of_person : many : cli web
SELECT id, rev, person, number, issuer, way, added, ended, cause, subject_ct
FROM oidc_subject WHERE person = :person ORDER BY number;

-- Rounds (desk/oidc.c).
-- oidc_round_put : run : cli web
INSERT INTO oidc_round (state, browser, source, fresh, began, until, stage, fault, code_ct)
VALUES (:state, :browser, :source, :fresh, :began, :until, 'waiting', '', :code_ct)
ON CONFLICT (state) DO NOTHING;
-- oidc_round_waiting : one : cli web
SELECT count(*), count(CASE WHEN source = :source THEN 1 END) FROM oidc_round WHERE stage = 'waiting';
-- oidc_round_of_browser : one : cli web
SELECT id, stage, fault, subject_ct FROM oidc_round WHERE browser = :browser ORDER BY id DESC LIMIT 1;
-- oidc_round_over : run : cli web
UPDATE oidc_round SET stage = 'over', subject_ct = NULL WHERE id = :id AND (stage = 'good' OR stage = 'bad');
-- oidc_round_next : one : cli work
SELECT id, state, fresh, began, code_ct FROM oidc_round WHERE stage = 'waiting' ORDER BY id LIMIT 1;
-- oidc_round_take : run : cli work
UPDATE oidc_round SET stage = 'asked', code_ct = NULL WHERE id = :id AND stage = 'waiting';
-- oidc_round_end : run : cli work
UPDATE oidc_round SET stage = :stage, fault = :fault, subject_ct = :subject_ct WHERE id = :id AND stage = 'asked';
-- oidc_round_sweep : run : cli work
DELETE FROM oidc_round WHERE until > 0 AND until <= :now;
-- oidc_issuer_find : one : cli web work
SELECT known, tried, fault, document, keys FROM oidc_issuer WHERE issuer = :issuer;
-- oidc_issuer_put : run : cli work
INSERT INTO oidc_issuer (issuer, known, tried, fault, document, keys)
VALUES (:issuer, :known, :known, '', :document, :keys)
ON CONFLICT (issuer) DO UPDATE SET known = excluded.known, tried = excluded.tried, fault = '',
  document = excluded.document, keys = excluded.keys;
-- oidc_issuer_fault : run : cli work
INSERT INTO oidc_issuer (issuer, known, tried, fault, document, keys) VALUES (:issuer, 0, :tried, :fault, '', '')
ON CONFLICT (issuer) DO UPDATE SET tried = excluded.tried, fault = excluded.fault;
