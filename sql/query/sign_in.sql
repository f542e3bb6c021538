-- Passkeys (desk/keyring.c).
-- passkey_put : one : cli web
INSERT INTO passkey (person, number, credential, alg, public_key, added, cause, name_ct, rev, entry)
VALUES (:person, :number, :credential, :alg, :public_key, :added, '', :name_ct, :rev, :entry)
RETURNING id;
-- passkey_end : run : cli web
UPDATE passkey SET ended = :ended, cause = :cause, rev = rev + 1, entry = :entry
WHERE id = :id AND rev = :rev;
-- passkey_by_credential : one : cli web
SELECT k.id, k.rev, k.person, k.number, k.credential, k.alg, k.public_key, k.added, k.ended, k.cause, k.name_ct,
  u.signatures, u.at
FROM passkey k LEFT JOIN passkey_use u ON u.passkey = k.id WHERE k.credential = :credential;
-- passkey_of_person : many : cli web
SELECT k.id, k.rev, k.person, k.number, k.credential, k.alg, k.public_key, k.added, k.ended, k.cause, k.name_ct,
  u.signatures, u.at
FROM passkey k LEFT JOIN passkey_use u ON u.passkey = k.id WHERE k.person = :person ORDER BY k.number;
-- passkey_count : one : cli web
SELECT coalesce(max(number), 0), count(CASE WHEN ended IS NULL THEN 1 END) FROM passkey WHERE person = :person;
-- passkey_use_put : run : cli web
INSERT INTO passkey_use (passkey, signatures, at) VALUES (:passkey, :signatures, :at)
ON CONFLICT (passkey) DO UPDATE SET signatures = excluded.signatures, at = excluded.at
WHERE excluded.signatures > passkey_use.signatures OR (excluded.signatures = 0 AND passkey_use.signatures = 0);

-- Links (desk/enrol.c).
-- enrolment_put : one : cli web
INSERT INTO enrolment (person, recovery, state, maker, made, token_hash, until, rev, entry)
VALUES (:person, :recovery, :state, :maker, :made, :token_hash, :until, :rev, :entry)
RETURNING id;
-- enrolment_confirm : run : cli web
UPDATE enrolment SET state = 'open', confirmer = :confirmer, token_hash = :token_hash, until = :until, rev = rev + 1,
  entry = :entry
WHERE id = :id AND rev = :rev;
-- enrolment_use : run : cli web
UPDATE enrolment SET state = 'used', passkey = :passkey, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- enrolment_use_subject : run : cli web
UPDATE enrolment SET state = 'used', subject = :subject, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- enrolment_end : run : cli web
UPDATE enrolment SET state = 'ended', rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- enrolment_by_token : one : cli web
SELECT id, rev, person, recovery, state, maker, until FROM enrolment WHERE token_hash = :token_hash;
-- enrolment_waits : many : cli web
SELECT id, rev, person, recovery, state, maker, until FROM enrolment
WHERE person = :person AND (state = 'open' OR state = 'proposed') ORDER BY id;

-- Sessions (desk/session.c).
-- session_put : one : cli web
INSERT INTO session (ref, token_hash, person, passkey, subject, started, seen)
VALUES (:ref, :token_hash, :person, :passkey, :subject, :started, :seen)
RETURNING id;
-- session_by_token : one : cli web
SELECT id, ref, person, passkey, started, seen, ended FROM session WHERE token_hash = :token_hash;
-- session_of_person : many : cli web
SELECT s.id, s.ref, s.person, s.passkey, s.started, s.seen, s.ended, k.number, o.number
FROM session s LEFT JOIN passkey k ON k.id = s.passkey LEFT JOIN oidc_subject o ON o.id = s.subject WHERE s.person = :person ORDER BY s.id;
-- session_seen : run : cli web
UPDATE session SET seen = :seen WHERE id = :id AND ended IS NULL;
-- session_end : run : cli web
UPDATE session SET ended = :ended WHERE id = :id AND ended IS NULL;
-- session_end_ref : run : cli web
UPDATE session SET ended = :ended WHERE ref = :ref AND person = :person AND ended IS NULL;
-- session_end_person : run : cli web
UPDATE session SET ended = :ended WHERE person = :person AND ended IS NULL;
-- session_end_passkey : run : cli web
UPDATE session SET ended = :ended WHERE person = :person AND passkey = :passkey AND ended IS NULL;
-- session_end_subject : run : cli web
UPDATE session SET ended = :ended WHERE person = :person AND subject = :subject AND ended IS NULL;
-- session_end_every : run : cli
-- scan ok: once after a loss of the machine
UPDATE session SET ended = :ended WHERE ended IS NULL;
-- session_check_put : run : cli web
INSERT INTO session_check (session, act, at) VALUES (:session, :act, :at)
ON CONFLICT (session, act) DO UPDATE SET at = excluded.at;
-- session_check_find : one : cli web
SELECT at FROM session_check WHERE session = :session AND act = :act;
-- session_check_sweep : run : cli web
DELETE FROM session_check WHERE session IN (SELECT id FROM session WHERE started > 0 AND started < :before);
-- session_sweep : run : cli web
DELETE FROM session WHERE started > 0 AND started < :before;

-- Challenges and refused answers (desk/challenge.c, desk/throttle.c).
-- challenge_use : run : cli web
INSERT INTO challenge_used (hash, until) VALUES (:hash, :until) ON CONFLICT (hash) DO NOTHING;
-- challenge_sweep : run : cli web
DELETE FROM challenge_used WHERE until > 0 AND until <= :now;
-- fault_add : run : cli web
INSERT INTO sign_in_fault (source, faults, until) VALUES (:source, 1, :until)
ON CONFLICT (source) DO UPDATE SET faults = sign_in_fault.faults + 1;
-- fault_find : one : cli web
SELECT faults FROM sign_in_fault WHERE source = :source AND until > :now;
-- fault_sweep : run : cli web
DELETE FROM sign_in_fault WHERE until > 0 AND until <= :now;

-- choice_put : run : cli web
INSERT INTO person_choice (person, language) VALUES (:person, :language)
ON CONFLICT (person) DO UPDATE SET language = excluded.language;
-- choice_find : one : cli web
SELECT language FROM person_choice WHERE person = :person;

-- Tokens of the HTTP API (desk/token.c).
-- api_token_put : one : cli web
INSERT INTO api_token (person, number, token_hash, roles, sealed, made, until, name_ct, rev, entry)
VALUES (:person, :number, :token_hash, :roles, :sealed, :made, :until, :name_ct, :rev, :entry)
RETURNING id;
-- api_token_end : run : cli web
UPDATE api_token SET ended = :ended, ender = :ender, rev = rev + 1, entry = :entry WHERE id = :id AND rev = :rev;
-- api_token_count : one : cli web
SELECT coalesce(max(number), 0), count(CASE WHEN ended IS NULL AND until > :now THEN 1 END)
FROM api_token WHERE person = :person;
-- api_token_by_hash : one : cli web
SELECT person, roles, sealed, until, ended FROM api_token WHERE token_hash = :token_hash;
-- api_token_of_person : many : cli web
SELECT number, roles, sealed, made, until, ended, name_ct, id, rev FROM api_token WHERE person = :person ORDER BY number;
