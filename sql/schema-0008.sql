-- The desk and the officers' portal (SPEC.md 8): who signs in and how, officers and their agencies, what
-- people keep beside their cases. Each part has its heading.

-- ---------------------------------------------------------------- beside the web
-- Demands that came in by the web, and whether the signed promise to their sender waits: the process that
-- answers the network cannot reach the signer. No evidence; the promise is.
CREATE TABLE receipt (
  demand INTEGER PRIMARY KEY REFERENCES demand (id),
  entry INTEGER NOT NULL REFERENCES entry (id),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  waits INTEGER NOT NULL CHECK (waits = 0 OR waits = 1)
) STRICT;
CREATE INDEX receipt_waiting ON receipt (entry) WHERE waits = 1;

-- What a page asks for and takes longer than a page may (sealing, counting), done by the process of role work on
-- behalf of who asked. No evidence: what a job does is a step of its own. what_ct and result_ct are sealed JSON.
CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  made INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'working' OR state = 'done' OR state = 'failed'),
  until INTEGER NOT NULL,           -- of who works on it; then it is another's
  tries INTEGER NOT NULL,
  code INTEGER NOT NULL,            -- of a failed one, as functions return it
  said_ct BLOB,                     -- why it failed
  what_ct BLOB NOT NULL,
  result_ct BLOB
) STRICT;
CREATE INDEX job_open ON job (state, id) WHERE state = 'waiting' OR state = 'working';

-- ---------------------------------------------------------------- jurisdiction
-- Whoever has an active row here sees only demands of these countries and the cases made from them; without
-- one, of all (desk/right.h).
CREATE TABLE person_land (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  country TEXT NOT NULL CHECK (length(country) = 2),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (person, country)
) STRICT;
CREATE INDEX person_land_by_entry ON person_land (entry);
CREATE TRIGGER person_land_step BEFORE UPDATE ON person_land
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR NEW.person IS DISTINCT FROM OLD.person OR NEW.country IS DISTINCT FROM OLD.country
  BEGIN SELECT RAISE(ABORT, 'person_land changes only with a newer ledger entry'); END;
CREATE TRIGGER person_land_begin BEFORE INSERT ON person_land
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'person_land begins only with a new ledger entry'); END;
CREATE TRIGGER person_land_no_delete BEFORE DELETE ON person_land BEGIN SELECT RAISE(ABORT, 'person_land is never deleted'); END;

-- What the API answered to a request with an Idempotency-Key, in the transaction of what it did. No evidence; a
-- day later it goes.
CREATE TABLE repeat (
  key BLOB PRIMARY KEY CHECK (length(key) = 32), -- keyed hash of who, which route, and the key that was sent
  made INTEGER NOT NULL,
  asked BLOB NOT NULL CHECK (length(asked) = 32), -- keyed hash of the path and the fields
  answer_ct BLOB NOT NULL
) STRICT;

-- ---------------------------------------------------------------- signing in
-- A passkey of a person (desk/keyring.h): the public half of a key that never leaves the person's device.
CREATE TABLE passkey (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  number INTEGER NOT NULL CHECK (number > 0),  -- of the person's: what people call it by
  credential BLOB NOT NULL UNIQUE,  -- the id that the device gave it
  alg INTEGER NOT NULL CHECK (alg = -7 OR alg = -8),
  public_key BLOB NOT NULL,
  added INTEGER NOT NULL,           -- instant
  ended INTEGER,                    -- instant
  cause TEXT NOT NULL,              -- of its end
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  name_gone BLOB, name_ct BLOB,
  UNIQUE (person, number),
  CHECK (length(public_key) = (CASE WHEN alg = -7 THEN 64 ELSE 32 END)),
  CHECK (cause = '' OR cause = 'own' OR cause = 'admin' OR cause = 'recovery' OR cause = 'copied'),
  CHECK ((ended IS NULL) = (cause = ''))
) STRICT;
CREATE INDEX passkey_by_entry ON passkey (entry);

-- A one-time link by which a person registers a passkey (desk/enrol.h). For a person who has none any more it
-- takes two others: one proposes, another one confirms, and only then there is a link.
CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  recovery INTEGER NOT NULL CHECK (recovery IN (0, 1)),
  state TEXT NOT NULL,
  maker INTEGER NOT NULL REFERENCES person (id),
  made INTEGER NOT NULL,            -- instant
  confirmer INTEGER REFERENCES person (id),
  token_hash BLOB UNIQUE,           -- of the link's 256 random bits
  until INTEGER NOT NULL,           -- instant: of the proposal, then of the link
  passkey INTEGER REFERENCES passkey (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (state = 'proposed' OR state = 'open' OR state = 'used' OR state = 'ended'),
  CHECK (state <> 'proposed' OR (recovery = 1 AND confirmer IS NULL AND token_hash IS NULL)),
  CHECK ((state <> 'open' AND state <> 'used') OR token_hash IS NOT NULL),
  CHECK ((state = 'used') = (passkey IS NOT NULL)),
  CHECK (recovery = 0 OR maker <> person),
  CHECK (recovery = 0 OR token_hash IS NULL OR confirmer IS NOT NULL),
  CHECK (confirmer IS NULL OR (recovery = 1 AND confirmer <> maker AND confirmer <> person))
) STRICT;
CREATE INDEX enrolment_by_entry ON enrolment (entry);
CREATE INDEX enrolment_by_person ON enrolment (person, state);

CREATE TRIGGER passkey_begin BEFORE INSERT ON passkey
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'passkey begins only with a new ledger entry'); END;
CREATE TRIGGER passkey_step BEFORE UPDATE ON passkey
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'passkey changes only with a newer ledger entry'); END;
CREATE TRIGGER passkey_no_delete BEFORE DELETE ON passkey BEGIN SELECT RAISE(ABORT, 'passkey is never deleted'); END;
CREATE TRIGGER passkey_fixed BEFORE UPDATE ON passkey
  WHEN NEW.person IS DISTINCT FROM OLD.person OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.credential IS DISTINCT FROM OLD.credential OR NEW.alg IS DISTINCT FROM OLD.alg
    OR NEW.public_key IS DISTINCT FROM OLD.public_key OR NEW.added IS DISTINCT FROM OLD.added
    OR (OLD.ended IS NOT NULL AND (NEW.ended IS DISTINCT FROM OLD.ended OR NEW.cause IS DISTINCT FROM OLD.cause))
  BEGIN SELECT RAISE(ABORT, 'a passkey is not rewritten: it ends'); END;
CREATE TRIGGER passkey_last BEFORE UPDATE ON passkey
  WHEN NEW.cause = 'own' AND OLD.cause = ''
    AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.person = NEW.person AND k.id <> NEW.id AND k.ended IS NULL)
  BEGIN SELECT RAISE(ABORT, 'nobody ends the own last passkey'); END;

CREATE TRIGGER enrolment_begin BEFORE INSERT ON enrolment
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'enrolment begins only with a new ledger entry'); END;
CREATE TRIGGER enrolment_step BEFORE UPDATE ON enrolment
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'enrolment changes only with a newer ledger entry'); END;
CREATE TRIGGER enrolment_no_delete BEFORE DELETE ON enrolment BEGIN SELECT RAISE(ABORT, 'enrolment is never deleted'); END;
CREATE TRIGGER enrolment_fixed BEFORE UPDATE ON enrolment
  WHEN NEW.person IS DISTINCT FROM OLD.person OR NEW.recovery IS DISTINCT FROM OLD.recovery
    OR NEW.maker IS DISTINCT FROM OLD.maker OR NEW.made IS DISTINCT FROM OLD.made
    OR (OLD.token_hash IS NOT NULL AND (NEW.token_hash IS DISTINCT FROM OLD.token_hash
      OR NEW.until IS DISTINCT FROM OLD.until OR NEW.confirmer IS DISTINCT FROM OLD.confirmer))
    OR (OLD.state = 'used' OR OLD.state = 'ended') OR NEW.state = 'proposed'
    OR (OLD.state = 'proposed' AND NEW.state = 'used')
  BEGIN SELECT RAISE(ABORT, 'a link is used once'); END;
-- For whoever has or had a passkey a link takes two: what admins may do alone is the first one.
CREATE TRIGGER enrolment_alone BEFORE INSERT ON enrolment
  WHEN NEW.state <> 'proposed' AND EXISTS (SELECT 1 FROM passkey k WHERE k.person = NEW.person)
  BEGIN SELECT RAISE(ABORT, 'a new link for somebody with passkeys takes two persons'); END;
CREATE TRIGGER enrolment_maker BEFORE INSERT ON enrolment
  WHEN NEW.recovery = 1
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.maker AND p.active = 1 AND (p.roles & 128) <> 0)
  BEGIN SELECT RAISE(ABORT, 'an admin proposes a recovery'); END;
CREATE TRIGGER enrolment_confirmer BEFORE UPDATE ON enrolment
  WHEN NEW.confirmer IS NOT NULL AND OLD.confirmer IS NULL
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.confirmer AND p.active = 1 AND (p.roles & 132) <> 0)
  BEGIN SELECT RAISE(ABORT, 'an admin or counsel confirms a recovery'); END;

-- What follows is no evidence and has no entries: it changes with every request, and is deleted when it is over.
-- A sign counter (Web Authentication 6.1.1), and when the passkey was last used.
CREATE TABLE passkey_use (
  passkey INTEGER PRIMARY KEY REFERENCES passkey (id),
  signatures INTEGER NOT NULL,
  at INTEGER NOT NULL               -- instant
) STRICT;
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,         -- what a list of them calls it by
  token_hash BLOB NOT NULL UNIQUE,
  person INTEGER NOT NULL REFERENCES person (id),
  passkey INTEGER NOT NULL REFERENCES passkey (id),
  started INTEGER NOT NULL,         -- instant
  seen INTEGER NOT NULL,            -- instant, a minute at most behind
  ended INTEGER                     -- instant
) STRICT;
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_started ON session (started);
-- The passkey was asked for once more, for acts of one kind.
CREATE TABLE session_check (
  session INTEGER NOT NULL REFERENCES session (id),
  act TEXT NOT NULL,
  at INTEGER NOT NULL,              -- instant
  PRIMARY KEY (session, act)
) STRICT;
-- Challenges carry their own time and purpose (desk/challenge.h); what is kept is that one was answered.
CREATE TABLE challenge_used (
  hash BLOB PRIMARY KEY,
  until INTEGER NOT NULL            -- instant
) STRICT;
CREATE INDEX challenge_used_by_until ON challenge_used (until);
-- Answers that were refused, by a keyed hash of where they came from.
CREATE TABLE sign_in_fault (
  source BLOB PRIMARY KEY,
  faults INTEGER NOT NULL,
  until INTEGER NOT NULL            -- instant: then it counts anew
) STRICT;
CREATE INDEX sign_in_fault_by_until ON sign_in_fault (until);
-- What a person would rather have.
CREATE TABLE person_choice (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  language TEXT NOT NULL CHECK (language = 'en' OR language = 'de')
) STRICT;
