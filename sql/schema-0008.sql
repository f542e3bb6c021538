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
