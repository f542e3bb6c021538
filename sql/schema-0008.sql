-- The desk and the officers' portal (SPEC.md 8): who signs in and how, officers and their agencies, what
-- people keep beside their cases. Each part has its heading.

-- ---------------------------------------------------------------- beside the web
-- Demands that came in by the web, and how far the answer to their sender is: the process that answers the network
-- cannot reach the signer. waits 2: the side journal may not name it yet; 1: it does, and the signed promise waits;
-- 0: signed. No evidence; the promise is.
CREATE TABLE receipt (
  demand INTEGER PRIMARY KEY REFERENCES demand (id),
  entry INTEGER NOT NULL REFERENCES entry (id),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  waits INTEGER NOT NULL CHECK (waits BETWEEN 0 AND 2)
) STRICT;
CREATE INDEX receipt_waiting ON receipt (entry) WHERE waits > 0;

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

-- Whom the house's OpenID provider means by a subject (desk/subject.h): the other way in. An admin binds the first
-- one alone, as with the first link; every other one comes by a link or by the person's own hand.
CREATE TABLE oidc_subject (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  number INTEGER NOT NULL CHECK (number > 0),  -- of the person's: what people call it by
  subject_key BLOB NOT NULL CHECK (length(subject_key) = 32), -- keyed hash of issuer and subject
  issuer TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way = 'admin' OR way = 'link' OR way = 'own'),
  added INTEGER NOT NULL,           -- instant
  ended INTEGER,                    -- instant
  cause TEXT NOT NULL,              -- of its end
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  subject_gone BLOB, subject_ct BLOB,
  UNIQUE (person, number),
  CHECK (cause = '' OR cause = 'own' OR cause = 'admin' OR cause = 'recovery'),
  CHECK ((ended IS NULL) = (cause = ''))
) STRICT;
CREATE INDEX oidc_subject_by_entry ON oidc_subject (entry);
CREATE UNIQUE INDEX oidc_subject_live ON oidc_subject (subject_key) WHERE ended IS NULL;

-- A one-time link by which a person registers a passkey (desk/enrol.h), or binds a subject. For a person who has none any more it
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
  subject INTEGER REFERENCES oidc_subject (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (state = 'proposed' OR state = 'open' OR state = 'used' OR state = 'ended'),
  CHECK (state <> 'proposed' OR (recovery = 1 AND confirmer IS NULL AND token_hash IS NULL)),
  CHECK ((state <> 'open' AND state <> 'used') OR token_hash IS NOT NULL),
  CHECK ((state = 'used') = (passkey IS NOT NULL OR subject IS NOT NULL)),
  CHECK (passkey IS NULL OR subject IS NULL),
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

CREATE TRIGGER oidc_subject_begin BEFORE INSERT ON oidc_subject
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'oidc_subject begins only with a new ledger entry'); END;
CREATE TRIGGER oidc_subject_step BEFORE UPDATE ON oidc_subject
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'oidc_subject changes only with a newer ledger entry'); END;
CREATE TRIGGER oidc_subject_no_delete BEFORE DELETE ON oidc_subject BEGIN SELECT RAISE(ABORT, 'oidc_subject is never deleted'); END;
CREATE TRIGGER oidc_subject_fixed BEFORE UPDATE ON oidc_subject
  WHEN NEW.person IS DISTINCT FROM OLD.person OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.subject_key IS DISTINCT FROM OLD.subject_key OR NEW.issuer IS DISTINCT FROM OLD.issuer
    OR NEW.way IS DISTINCT FROM OLD.way OR NEW.added IS DISTINCT FROM OLD.added OR OLD.ended IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a subject is not rewritten: it ends'); END;
-- Only people of the provider have one, and an admin alone binds none beside or after another way in.
CREATE TRIGGER oidc_subject_staff BEFORE INSERT ON oidc_subject
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.person AND p.active = 1 AND p.roles <> 0)
  BEGIN SELECT RAISE(ABORT, 'a subject is of a person of the provider'); END;
CREATE TRIGGER oidc_subject_alone BEFORE INSERT ON oidc_subject
  WHEN NEW.way = 'admin' AND (EXISTS (SELECT 1 FROM passkey k WHERE k.person = NEW.person)
    OR EXISTS (SELECT 1 FROM oidc_subject o WHERE o.person = NEW.person))
  BEGIN SELECT RAISE(ABORT, 'an admin alone binds only a first subject'); END;
CREATE TRIGGER oidc_subject_last BEFORE UPDATE ON oidc_subject
  WHEN NEW.cause = 'own' AND OLD.cause = ''
    AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.person = NEW.person AND k.ended IS NULL)
    AND NOT EXISTS (SELECT 1 FROM oidc_subject o WHERE o.person = NEW.person AND o.id <> NEW.id AND o.ended IS NULL)
  BEGIN SELECT RAISE(ABORT, 'nobody ends the own last way in'); END;

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
-- For whoever has or had a passkey or a subject a link takes two: what admins may do alone is the first one.
CREATE TRIGGER enrolment_alone BEFORE INSERT ON enrolment
  WHEN NEW.state <> 'proposed' AND (EXISTS (SELECT 1 FROM passkey k WHERE k.person = NEW.person)
    OR EXISTS (SELECT 1 FROM oidc_subject o WHERE o.person = NEW.person))
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
  passkey INTEGER REFERENCES passkey (id),      -- by which it began, or
  subject INTEGER REFERENCES oidc_subject (id), -- by which
  started INTEGER NOT NULL,         -- instant
  seen INTEGER NOT NULL,            -- instant, a minute at most behind
  ended INTEGER,                    -- instant
  CHECK ((passkey IS NULL) <> (subject IS NULL))
) STRICT;
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_started ON session (started);
-- The passkey, or the provider, was asked once more, for acts of one kind.
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
-- ---------------------------------------------------------------- the officers' portal (SPEC.md 8.4)
-- An authority that people here know: public facts. Its domains are known to two people each.
CREATE TABLE agency (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL CHECK (length(country) = 2),
  body TEXT NOT NULL CHECK (body <> ''),   -- a word of authority.body
  level TEXT NOT NULL,                     -- a word of authority.level, or ''
  name TEXT NOT NULL CHECK (name <> ''),
  state TEXT NOT NULL CHECK (state = 'active' OR state = 'suspended' OR state = 'compromised'),
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE TABLE agency_domain (
  id INTEGER PRIMARY KEY,
  agency INTEGER NOT NULL REFERENCES agency (id),
  domain TEXT NOT NULL CHECK (domain <> ''),
  state TEXT NOT NULL CHECK (state = 'proposed' OR state = 'known' OR state = 'ended'),
  author INTEGER NOT NULL REFERENCES person (id),
  second INTEGER REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (state <> 'known' OR second IS NOT NULL),
  CHECK (second IS NULL OR second <> author)
) STRICT;
CREATE INDEX agency_domain_by_agency ON agency_domain (agency);

-- An officer is a person without any role, so that "who" of an entry is always a person. What is personal
-- stands sealed in one column; by what address it is found stands in officer_address, outside of the ledger, so
-- that nothing is left by which a name could be guessed once the text is erased.
CREATE TABLE officer (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL UNIQUE REFERENCES person (id),
  agency INTEGER REFERENCES agency (id),
  state TEXT NOT NULL CHECK (state = 'confirmed' OR state = 'active' OR state = 'suspended' OR
    state = 'compromised' OR state = 'refused' OR state = 'left'),
  language TEXT NOT NULL,
  recipient TEXT NOT NULL,          -- age recipient that productions are sealed to, or ''
  vetter INTEGER REFERENCES person (id),
  second_due INTEGER NOT NULL CHECK (second_due = 0 OR second_due = 1),
  second INTEGER REFERENCES person (id),
  at INTEGER NOT NULL,              -- instant at which the address was confirmed
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  profile_gone BLOB, profile_ct BLOB,
  CHECK (second IS NULL OR (vetter IS NOT NULL AND second <> vetter)),
  CHECK (vetter IS NULL OR agency IS NOT NULL),
  CHECK (state <> 'active' OR (vetter IS NOT NULL AND (second_due = 0 OR second IS NOT NULL)))
) STRICT;
CREATE INDEX officer_by_agency ON officer (agency, id) WHERE agency IS NOT NULL;
CREATE INDEX officer_by_state ON officer (state, id);

-- Why an officer or an agency stands as it does: who did it, what was checked and how.
CREATE TABLE standing (
  id INTEGER PRIMARY KEY,
  officer INTEGER REFERENCES officer (id),
  agency INTEGER REFERENCES agency (id),
  act TEXT NOT NULL CHECK (act = 'vetted' OR act = 'seconded' OR act = 'refused' OR act = 'suspended' OR
    act = 'compromised' OR act = 'active' OR act = 'left' OR act = 'forgotten'),
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB,
  CHECK ((officer IS NULL) <> (agency IS NULL))
) STRICT;
CREATE INDEX standing_by_officer ON standing (officer) WHERE officer IS NOT NULL;
CREATE INDEX standing_by_agency ON standing (agency) WHERE agency IS NOT NULL;

-- Who handed in a demand by the portal, and which colleagues of the agency see it.
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  demand INTEGER NOT NULL UNIQUE REFERENCES demand (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  agency INTEGER NOT NULL REFERENCES agency (id),
  shared INTEGER NOT NULL CHECK (shared = 0 OR shared = 1),
  withdrawn INTEGER,                -- instant, while it waited in triage
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX submission_by_officer ON submission (officer, id);
CREATE INDEX submission_by_agency ON submission (agency, shared, id);
CREATE TABLE colleague (
  id INTEGER PRIMARY KEY,
  demand INTEGER NOT NULL REFERENCES demand (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  inviter INTEGER NOT NULL REFERENCES officer (id),
  since INTEGER NOT NULL,
  until INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (demand, officer)
) STRICT;
CREATE INDEX colleague_by_officer ON colleague (officer, id);

-- A call to the authority, at a number that was found independently of the demand.
CREATE TABLE call_back (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  result TEXT NOT NULL CHECK (result = 'confirmed' OR result = 'unreached' OR result = 'denied'),
  recorder INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  text_gone BLOB, text_ct BLOB      -- when, where the number was found, who answered
) STRICT;
CREATE INDEX call_back_by_order ON call_back (legal_order, id);

-- More time, asked by one side and granted by the other.
CREATE TABLE extension (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  side TEXT NOT NULL CHECK (side = 'provider' OR side = 'officer'),
  state TEXT NOT NULL CHECK (state = 'asked' OR state = 'granted' OR state = 'refused'),
  until INTEGER NOT NULL,           -- last day
  asker INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  answerer INTEGER REFERENCES person (id),
  answered INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB,
  CHECK ((state = 'asked') = (answerer IS NULL) AND (answerer IS NULL) = (answered IS NULL)),
  CHECK (answerer IS NULL OR answerer <> asker)
) STRICT;
CREATE INDEX extension_by_order ON extension (legal_order, id);

-- The sender of a case is not trusted any more: nothing leaves before a person has confirmed the demand anew.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  cause TEXT NOT NULL CHECK (cause = 'suspended' OR cause = 'compromised'),
  at INTEGER NOT NULL,
  clearer INTEGER REFERENCES person (id),
  cleared INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB,
  CHECK ((clearer IS NULL) = (cleared IS NULL))
) STRICT;
CREATE INDEX alert_by_matter ON alert (matter, id);
CREATE INDEX alert_open ON alert (id) WHERE cleared IS NULL;

CREATE TABLE download (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX download_by_production ON download (production);

CREATE TRIGGER agency_step BEFORE UPDATE ON agency
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'agency changes only with a newer ledger entry'); END;
CREATE TRIGGER agency_begin BEFORE INSERT ON agency
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'agency begins only with a new ledger entry'); END;
CREATE TRIGGER agency_no_delete BEFORE DELETE ON agency BEGIN SELECT RAISE(ABORT, 'agency is never deleted'); END;

CREATE TRIGGER agency_domain_step BEFORE UPDATE ON agency_domain
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'agency_domain changes only with a newer ledger entry'); END;
CREATE TRIGGER agency_domain_begin BEFORE INSERT ON agency_domain
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'agency_domain begins only with a new ledger entry'); END;
CREATE TRIGGER agency_domain_no_delete BEFORE DELETE ON agency_domain BEGIN SELECT RAISE(ABORT, 'agency_domain is never deleted'); END;

CREATE TRIGGER officer_step BEFORE UPDATE ON officer
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'officer changes only with a newer ledger entry'); END;
CREATE TRIGGER officer_begin BEFORE INSERT ON officer
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'officer begins only with a new ledger entry'); END;
CREATE TRIGGER officer_no_delete BEFORE DELETE ON officer BEGIN SELECT RAISE(ABORT, 'officer is never deleted'); END;

CREATE TRIGGER standing_step BEFORE UPDATE ON standing
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'standing changes only with a newer ledger entry'); END;
CREATE TRIGGER standing_begin BEFORE INSERT ON standing
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'standing begins only with a new ledger entry'); END;
CREATE TRIGGER standing_no_delete BEFORE DELETE ON standing BEGIN SELECT RAISE(ABORT, 'standing is never deleted'); END;

CREATE TRIGGER submission_step BEFORE UPDATE ON submission
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'submission changes only with a newer ledger entry'); END;
CREATE TRIGGER submission_begin BEFORE INSERT ON submission
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'submission begins only with a new ledger entry'); END;
CREATE TRIGGER submission_no_delete BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'submission is never deleted'); END;

CREATE TRIGGER colleague_step BEFORE UPDATE ON colleague
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'colleague changes only with a newer ledger entry'); END;
CREATE TRIGGER colleague_begin BEFORE INSERT ON colleague
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'colleague begins only with a new ledger entry'); END;
CREATE TRIGGER colleague_no_delete BEFORE DELETE ON colleague BEGIN SELECT RAISE(ABORT, 'colleague is never deleted'); END;

CREATE TRIGGER call_back_step BEFORE UPDATE ON call_back
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'call_back changes only with a newer ledger entry'); END;
CREATE TRIGGER call_back_begin BEFORE INSERT ON call_back
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'call_back begins only with a new ledger entry'); END;
CREATE TRIGGER call_back_no_delete BEFORE DELETE ON call_back BEGIN SELECT RAISE(ABORT, 'call_back is never deleted'); END;

CREATE TRIGGER extension_step BEFORE UPDATE ON extension
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'extension changes only with a newer ledger entry'); END;
CREATE TRIGGER extension_begin BEFORE INSERT ON extension
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'extension begins only with a new ledger entry'); END;
CREATE TRIGGER extension_no_delete BEFORE DELETE ON extension BEGIN SELECT RAISE(ABORT, 'extension is never deleted'); END;

CREATE TRIGGER alert_step BEFORE UPDATE ON alert
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'alert changes only with a newer ledger entry'); END;
CREATE TRIGGER alert_begin BEFORE INSERT ON alert
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'alert begins only with a new ledger entry'); END;
CREATE TRIGGER alert_no_delete BEFORE DELETE ON alert BEGIN SELECT RAISE(ABORT, 'alert is never deleted'); END;

CREATE TRIGGER download_step BEFORE UPDATE ON download
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'download changes only with a newer ledger entry'); END;
CREATE TRIGGER download_begin BEFORE INSERT ON download
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'download begins only with a new ledger entry'); END;
CREATE TRIGGER download_no_delete BEFORE DELETE ON download BEGIN SELECT RAISE(ABORT, 'download is never deleted'); END;


-- Walls behind the desk (roles: 1 intake, 4 counsel, 5 intake or counsel, 7 intake, reviewer or counsel).
CREATE TRIGGER person_officer BEFORE UPDATE ON person
  WHEN (NEW.roles <> 0 OR NEW.sealed <> 0) AND EXISTS (SELECT 1 FROM officer o WHERE o.person = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'an officer has no role and no compartment'); END;
CREATE TRIGGER officer_person BEFORE INSERT ON officer
  WHEN NEW.state <> 'confirmed' OR NEW.vetter IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.person AND p.roles = 0 AND p.sealed = 0)
  BEGIN SELECT RAISE(ABORT, 'an officer has no role, and is vetted first'); END;
CREATE TRIGGER officer_fixed BEFORE UPDATE ON officer
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.person IS DISTINCT FROM OLD.person
    OR NEW.at IS DISTINCT FROM OLD.at OR (OLD.agency IS NOT NULL AND NEW.agency IS DISTINCT FROM OLD.agency)
    OR (OLD.vetter IS NOT NULL AND (NEW.vetter IS DISTINCT FROM OLD.vetter
      OR NEW.second_due IS DISTINCT FROM OLD.second_due))
    OR (OLD.second IS NOT NULL AND NEW.second IS DISTINCT FROM OLD.second)
    OR (NEW.profile_ct IS NOT NULL AND NEW.profile_ct IS DISTINCT FROM OLD.profile_ct)
  BEGIN SELECT RAISE(ABORT, 'an officer is not rewritten'); END;
CREATE TRIGGER officer_vetter BEFORE UPDATE ON officer
  WHEN (NEW.vetter IS DISTINCT FROM OLD.vetter
      AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.vetter AND p.active = 1 AND (p.roles & 5) <> 0))
    OR (NEW.second IS DISTINCT FROM OLD.second
      AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.second AND p.active = 1 AND (p.roles & 5) <> 0))
  BEGIN SELECT RAISE(ABORT, 'intake or counsel vets'); END;
CREATE TRIGGER officer_second_due BEFORE UPDATE ON officer
  WHEN NEW.vetter IS DISTINCT FROM OLD.vetter AND NEW.second_due = 0
    AND NOT EXISTS (SELECT 1 FROM officer o WHERE o.agency = NEW.agency AND o.state = 'active' AND o.id <> NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the first officer of an agency is vetted by two'); END;
CREATE TRIGGER officer_moves BEFORE UPDATE ON officer
  WHEN NEW.state <> OLD.state
    AND (OLD.state = 'refused' OR OLD.state = 'left' OR NEW.state = 'confirmed'
      OR (OLD.state <> 'confirmed' AND NEW.state = 'refused'))
  BEGIN SELECT RAISE(ABORT, 'who was refused or left registers anew'); END;
CREATE TRIGGER agency_author BEFORE INSERT ON agency
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.author AND p.active = 1 AND (p.roles & 5) <> 0)
  BEGIN SELECT RAISE(ABORT, 'intake or counsel enters an agency'); END;
CREATE TRIGGER agency_domain_begins BEFORE INSERT ON agency_domain
  WHEN NEW.state <> 'proposed' OR NEW.second IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.author AND p.active = 1 AND (p.roles & 5) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a domain is proposed by intake or counsel'); END;
CREATE TRIGGER agency_domain_fixed BEFORE UPDATE ON agency_domain
  WHEN NEW.agency IS DISTINCT FROM OLD.agency OR NEW.domain IS DISTINCT FROM OLD.domain
    OR NEW.author IS DISTINCT FROM OLD.author
    OR (NEW.second IS DISTINCT FROM OLD.second AND (OLD.second IS NOT NULL OR NEW.state <> 'known'
      OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.second AND p.active = 1 AND (p.roles & 5) <> 0)))
  BEGIN SELECT RAISE(ABORT, 'a domain is confirmed by another of intake or counsel'); END;
CREATE TRIGGER standing_fixed BEFORE UPDATE ON standing
  WHEN NEW.officer IS DISTINCT FROM OLD.officer OR NEW.agency IS DISTINCT FROM OLD.agency
    OR NEW.act IS DISTINCT FROM OLD.act OR NEW.author IS DISTINCT FROM OLD.author OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.reason_ct IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a standing is not rewritten'); END;

CREATE TRIGGER submission_officer BEFORE INSERT ON submission
  WHEN NOT EXISTS (SELECT 1 FROM officer o JOIN agency a ON a.id = o.agency
    WHERE o.id = NEW.officer AND o.agency = NEW.agency AND o.state = 'active' AND a.state = 'active')
  BEGIN SELECT RAISE(ABORT, 'an active officer of an active agency submits'); END;
CREATE TRIGGER submission_fixed BEFORE UPDATE ON submission
  WHEN NEW.demand IS DISTINCT FROM OLD.demand OR NEW.officer IS DISTINCT FROM OLD.officer
    OR NEW.agency IS DISTINCT FROM OLD.agency OR NEW.at IS DISTINCT FROM OLD.at
  BEGIN SELECT RAISE(ABORT, 'a submission is not rewritten'); END;
CREATE TRIGGER colleague_agency BEFORE INSERT ON colleague
  WHEN NOT EXISTS (SELECT 1 FROM submission s JOIN officer o ON o.agency = s.agency
    WHERE s.demand = NEW.demand AND o.id = NEW.officer AND o.state = 'active')
  BEGIN SELECT RAISE(ABORT, 'a colleague is an active officer of the same agency'); END;

-- Emergencies: a call-back by one, the release by another. (An emergency that only a sealed fact tells of stays
-- the desk's to see.)
CREATE TRIGGER call_back_recorder BEFORE INSERT ON call_back
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.recorder AND p.active = 1 AND (p.roles & 7) <> 0)
  BEGIN SELECT RAISE(ABORT, 'intake, a reviewer or counsel calls back'); END;
CREATE TRIGGER call_back_fixed BEFORE UPDATE ON call_back
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.result IS DISTINCT FROM OLD.result
    OR NEW.recorder IS DISTINCT FROM OLD.recorder OR NEW.at IS DISTINCT FROM OLD.at OR NEW.text_ct IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a call-back is not rewritten'); END;
CREATE TRIGGER decision_call_back BEFORE UPDATE ON decision
  WHEN NEW.second IS NOT NULL AND NEW.second IS DISTINCT FROM OLD.second
    AND EXISTS (SELECT 1 FROM legal_order o
      WHERE o.id = NEW.legal_order AND (o.emergency = 1 OR o.class = 'emergency'))
    AND NOT EXISTS (SELECT 1 FROM call_back b WHERE b.legal_order = NEW.legal_order AND b.result = 'confirmed'
      AND b.recorder <> NEW.second AND NOT EXISTS (SELECT 1 FROM call_back x
        WHERE x.legal_order = b.legal_order AND x.result = 'denied' AND x.id > b.id))
  BEGIN SELECT RAISE(ABORT, 'an emergency is called back by one and released by another'); END;
CREATE TRIGGER production_file_call_back BEFORE INSERT ON production_file
  WHEN EXISTS (SELECT 1 FROM legal_order o
      WHERE o.id = NEW.legal_order AND (o.emergency = 1 OR o.class = 'emergency'))
    AND NOT EXISTS (SELECT 1 FROM call_back b JOIN decision d ON d.id = NEW.decision
      WHERE b.legal_order = NEW.legal_order AND b.result = 'confirmed' AND d.second IS NOT NULL
        AND b.recorder <> d.second AND NOT EXISTS (SELECT 1 FROM call_back x
          WHERE x.legal_order = b.legal_order AND x.result = 'denied' AND x.id > b.id))
  BEGIN SELECT RAISE(ABORT, 'nothing leaves in an emergency without a call-back and another''s release'); END;
CREATE TRIGGER delivery_call_back BEFORE INSERT ON delivery
  WHEN EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND (o.emergency = 1 OR o.class = 'emergency'))
    AND NOT EXISTS (SELECT 1 FROM production p JOIN call_back b ON b.legal_order = p.legal_order
      WHERE p.id = NEW.production AND b.result = 'confirmed' AND NOT EXISTS (SELECT 1 FROM call_back x
        WHERE x.legal_order = b.legal_order AND x.result = 'denied' AND x.id > b.id))
  BEGIN SELECT RAISE(ABORT, 'no delivery in an emergency without a call-back'); END;

-- Alerts: what stops a production stops what is sealed already too.
CREATE TRIGGER production_alert BEFORE INSERT ON production
  WHEN EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
    WHERE o.id = NEW.legal_order AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no production while the sender is not trusted'); END;
CREATE TRIGGER production_file_alert BEFORE INSERT ON production_file
  WHEN EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
    WHERE o.id = NEW.legal_order AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no production while the sender is not trusted'); END;
CREATE TRIGGER delivery_alert BEFORE INSERT ON delivery
  WHEN EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
    JOIN alert a ON a.matter = o.matter WHERE p.id = NEW.production AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no delivery while the sender is not trusted'); END;
CREATE TRIGGER alert_fixed BEFORE UPDATE ON alert
  WHEN NEW.matter IS DISTINCT FROM OLD.matter OR NEW.officer IS DISTINCT FROM OLD.officer
    OR NEW.cause IS DISTINCT FROM OLD.cause OR NEW.at IS DISTINCT FROM OLD.at
    OR (OLD.cleared IS NOT NULL AND (NEW.cleared IS DISTINCT FROM OLD.cleared
      OR NEW.clearer IS DISTINCT FROM OLD.clearer))
    OR (NEW.clearer IS NOT NULL AND OLD.clearer IS NULL
      AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.clearer AND p.active = 1 AND (p.roles & 5) <> 0))
  BEGIN SELECT RAISE(ABORT, 'an alert is cleared by intake or counsel, once'); END;
CREATE TRIGGER extension_fixed BEFORE UPDATE ON extension
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.side IS DISTINCT FROM OLD.side
    OR NEW.until IS DISTINCT FROM OLD.until OR NEW.asker IS DISTINCT FROM OLD.asker OR NEW.at IS DISTINCT FROM OLD.at
    OR (OLD.state <> 'asked' AND (NEW.state IS DISTINCT FROM OLD.state
      OR NEW.answerer IS DISTINCT FROM OLD.answerer OR NEW.answered IS DISTINCT FROM OLD.answered))
  BEGIN SELECT RAISE(ABORT, 'an extension is not rewritten'); END;
CREATE TRIGGER download_fixed BEFORE UPDATE ON download
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.officer IS DISTINCT FROM OLD.officer
    OR NEW.at IS DISTINCT FROM OLD.at OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a download is not rewritten'); END;

-- No evidence, and so outside of the ledger: by which address an officer is found, registrations whose address
-- nobody has confirmed yet, letters on their way, counters of tries.
CREATE TABLE deposit (              -- a sealed production that waits here to be fetched
  production INTEGER PRIMARY KEY REFERENCES production (id),
  blob TEXT NOT NULL,
  size INTEGER NOT NULL,
  key_ct BLOB                       -- the blob's own key, sealed; NULL once it was erased
) STRICT;
CREATE TABLE officer_address (
  officer INTEGER PRIMARY KEY REFERENCES officer (id),
  address_key BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE registration (
  address_key BLOB PRIMARY KEY,
  form_ct BLOB NOT NULL,
  code_hash BLOB NOT NULL,
  tries INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_by_until ON registration (until);
CREATE TABLE outgoing (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state = 'due' OR state = 'sent' OR state = 'failed'),
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  made INTEGER NOT NULL,
  to_ct BLOB, text_ct BLOB          -- NULL once it was sent
) STRICT;
CREATE INDEX outgoing_due ON outgoing (state, due, id);
CREATE TABLE portal_count (
  kind TEXT NOT NULL,
  who BLOB NOT NULL,                -- keyed hash of an address or of whoever else is counted
  since INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, who)
) STRICT;
CREATE INDEX portal_count_by_since ON portal_count (since);
CREATE INDEX legal_order_by_demand ON legal_order (demand) WHERE demand IS NOT NULL;

-- ---------------------------------------------------------------- the desk's work on cases
-- What was no data demand: as what it was sorted out, and the letter to its sender.
CREATE TABLE demand_sorted (
  id INTEGER PRIMARY KEY,
  demand INTEGER NOT NULL UNIQUE REFERENCES demand (id),
  kind TEXT NOT NULL CHECK (kind = 'take_down' OR kind = 'civil_party' OR kind = 'testimony' OR
    kind = 'data_subject' OR kind = 'press' OR kind = 'other'),
  compartment INTEGER NOT NULL CHECK (compartment = 0 OR compartment = 1),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  language TEXT NOT NULL,           -- of the letter; '' without one
  letter_at INTEGER,
  text_gone BLOB, text_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((language = '') = (letter_at IS NULL))
) STRICT;
CREATE INDEX demand_sorted_by_kind ON demand_sorted (kind, compartment, at);

-- Who gave a case to whom, with what they said to it. matter.assigned is what the newest says.
CREATE TABLE handover (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  giver INTEGER NOT NULL REFERENCES person (id),
  taker INTEGER REFERENCES person (id),   -- NULL: back to the queue of nobody
  at INTEGER NOT NULL,
  note_gone BLOB, note_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX handover_by_matter ON handover (matter);

-- Somebody on call is to see this demand now; made with the demand, in its step.
CREATE TABLE paging (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  demand INTEGER NOT NULL REFERENCES demand (id),
  compartment INTEGER NOT NULL CHECK (compartment = 0 OR compartment = 1),
  since INTEGER NOT NULL,
  acknowledged INTEGER,
  taker INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((acknowledged IS NULL) = (taker IS NULL)),
  CHECK (acknowledged IS NULL OR acknowledged >= since)
) STRICT;
CREATE INDEX paging_open ON paging (id) WHERE acknowledged IS NULL;
CREATE INDEX paging_by_demand ON paging (demand);

-- A settled order of the sample, looked at again by somebody who had no part in it.
CREATE TABLE quality_check (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL UNIQUE REFERENCES legal_order (id),
  compartment INTEGER NOT NULL CHECK (compartment = 0 OR compartment = 1),
  settled INTEGER NOT NULL,         -- of the order, when it was looked at
  verdict TEXT NOT NULL CHECK (verdict = 'agree' OR verdict = 'disagree'),
  checker INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX quality_check_by_settled ON quality_check (settled, compartment);
CREATE TRIGGER demand_sorted_step BEFORE UPDATE ON demand_sorted
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'demand_sorted changes only with a newer ledger entry'); END;
CREATE TRIGGER demand_sorted_begin BEFORE INSERT ON demand_sorted
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'demand_sorted begins only with a new ledger entry'); END;
CREATE TRIGGER demand_sorted_no_delete BEFORE DELETE ON demand_sorted BEGIN SELECT RAISE(ABORT, 'demand_sorted is never deleted'); END;
CREATE TRIGGER handover_step BEFORE UPDATE ON handover
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'handover changes only with a newer ledger entry'); END;
CREATE TRIGGER handover_begin BEFORE INSERT ON handover
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'handover begins only with a new ledger entry'); END;
CREATE TRIGGER handover_no_delete BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'handover is never deleted'); END;
CREATE TRIGGER paging_step BEFORE UPDATE ON paging
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'paging changes only with a newer ledger entry'); END;
CREATE TRIGGER paging_begin BEFORE INSERT ON paging
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'paging begins only with a new ledger entry'); END;
CREATE TRIGGER paging_no_delete BEFORE DELETE ON paging BEGIN SELECT RAISE(ABORT, 'paging is never deleted'); END;
CREATE TRIGGER quality_check_step BEFORE UPDATE ON quality_check
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'quality_check changes only with a newer ledger entry'); END;
CREATE TRIGGER quality_check_begin BEFORE INSERT ON quality_check
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'quality_check begins only with a new ledger entry'); END;
CREATE TRIGGER quality_check_no_delete BEFORE DELETE ON quality_check BEGIN SELECT RAISE(ABORT, 'quality_check is never deleted'); END;
-- What was written stays as it was; a letter is added once, a page is acknowledged once.
CREATE TRIGGER demand_sorted_fixed BEFORE UPDATE ON demand_sorted
  WHEN NEW.demand IS DISTINCT FROM OLD.demand OR NEW.kind IS DISTINCT FROM OLD.kind
    OR NEW.compartment IS DISTINCT FROM OLD.compartment OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.author IS DISTINCT FROM OLD.author
    OR (OLD.letter_at IS NOT NULL AND (NEW.letter_at IS DISTINCT FROM OLD.letter_at
      OR NEW.language IS DISTINCT FROM OLD.language
      OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)))
  BEGIN SELECT RAISE(ABORT, 'what was sorted out is not rewritten'); END;
CREATE TRIGGER handover_fixed BEFORE UPDATE ON handover
  WHEN NEW.matter IS DISTINCT FROM OLD.matter OR NEW.giver IS DISTINCT FROM OLD.giver
    OR NEW.taker IS DISTINCT FROM OLD.taker OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a hand-over is not rewritten'); END;
CREATE TRIGGER paging_fixed BEFORE UPDATE ON paging
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.demand IS DISTINCT FROM OLD.demand
    OR NEW.compartment IS DISTINCT FROM OLD.compartment OR NEW.since IS DISTINCT FROM OLD.since
    OR (OLD.acknowledged IS NOT NULL AND (NEW.acknowledged IS DISTINCT FROM OLD.acknowledged
      OR NEW.taker IS DISTINCT FROM OLD.taker
      OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)))
  BEGIN SELECT RAISE(ABORT, 'a page is acknowledged once'); END;
CREATE TRIGGER quality_check_fixed BEFORE UPDATE ON quality_check
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.compartment IS DISTINCT FROM OLD.compartment
    OR NEW.settled IS DISTINCT FROM OLD.settled OR NEW.verdict IS DISTINCT FROM OLD.verdict
    OR NEW.checker IS DISTINCT FROM OLD.checker OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a quality check is not rewritten'); END;
-- Whoever examined, decided or approved anything about the order had a part in it (roles: 6 is reviewer or counsel).
CREATE TRIGGER quality_check_other BEFORE INSERT ON quality_check
  WHEN EXISTS (SELECT 1 FROM decision d WHERE d.legal_order = NEW.legal_order
      AND (d.decider = NEW.checker OR d.second = NEW.checker OR d.counsel = NEW.checker))
    OR EXISTS (SELECT 1 FROM review r WHERE r.legal_order = NEW.legal_order AND r.reviewer = NEW.checker)
    OR EXISTS (SELECT 1 FROM message g WHERE g.legal_order = NEW.legal_order AND g.author = NEW.checker)
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.checker AND p.active = 1 AND (p.roles & 6) <> 0)
    OR NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.settled = NEW.settled)
  BEGIN SELECT RAISE(ABORT, 'another person looks at a settled order again'); END;

-- What lists are sorted and found by: computed from the case at every step on it, in the step's transaction, and
-- anew by `writ desk sweep`. No evidence, hence without entry and rev: all of it can be thrown away and made again.
-- due is the next deadline (instant), 253402300799 for none; while a pause runs that the clock knows, due is none
-- and rest the seconds that are left. stale: made by a migration, or under other packs, and not computed yet.
CREATE TABLE order_desk (
  legal_order INTEGER PRIMARY KEY REFERENCES legal_order (id),
  matter INTEGER NOT NULL REFERENCES matter (id),
  compartment INTEGER NOT NULL,
  country TEXT NOT NULL,
  body TEXT NOT NULL,
  instrument TEXT NOT NULL,
  state TEXT NOT NULL,
  assigned INTEGER NOT NULL,        -- person, 0 for nobody
  open INTEGER NOT NULL,            -- 1: the order is not settled, its case not closed
  received INTEGER NOT NULL,
  due INTEGER NOT NULL,
  act TEXT NOT NULL,
  clock TEXT NOT NULL,
  rest INTEGER,
  stale INTEGER NOT NULL
) STRICT;
CREATE INDEX order_desk_by_matter ON order_desk (matter);
CREATE INDEX order_desk_by_received ON order_desk (received, legal_order);
CREATE INDEX order_desk_by_country ON order_desk (country, received, legal_order);
CREATE INDEX order_desk_by_body ON order_desk (body, received, legal_order);
CREATE INDEX order_desk_by_instrument ON order_desk (instrument, received, legal_order);
CREATE INDEX order_desk_by_state ON order_desk (state, received, legal_order);
CREATE INDEX order_desk_by_person ON order_desk (assigned, open, received, legal_order);
CREATE INDEX order_desk_by_due ON order_desk (assigned, open, due, legal_order);
CREATE INDEX order_desk_next ON order_desk (open, due, legal_order);
CREATE INDEX order_desk_stale ON order_desk (legal_order) WHERE stale = 1;
-- Every date of an order: deadlines of its clocks, ends of bars and preservations. Computed likewise.
CREATE TABLE order_date (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  kind TEXT NOT NULL CHECK (kind = 'deadline' OR kind = 'bar' OR kind = 'preservation'),
  name TEXT NOT NULL,               -- of the clock or the rule
  act TEXT NOT NULL,                -- what is to be done, or whom the bar is about
  at INTEGER NOT NULL,
  compartment INTEGER NOT NULL,
  country TEXT NOT NULL,
  assigned INTEGER NOT NULL
) STRICT;
CREATE INDEX order_date_by_order ON order_date (legal_order);
CREATE INDEX order_date_by_at ON order_date (at, id);
CREATE INDEX order_date_by_kind ON order_date (kind, at, id);
CREATE INDEX order_date_by_person ON order_date (assigned, at, id);
INSERT INTO order_desk (legal_order, matter, compartment, country, body, instrument, state, assigned, open, received, due,
    act, clock, rest, stale)
  SELECT o.id, o.matter, m.compartment, d.country, d.body, o.instrument, o.state, coalesce(m.assigned, 0),
    CASE WHEN o.outcome IS NULL AND m.closed = 0 THEN 1 ELSE 0 END, o.received, 253402300799, '', '', NULL, 1
  FROM legal_order o JOIN matter m ON m.id = o.matter JOIN demand d ON d.id = coalesce(o.demand, m.demand)
  WHERE m.erased IS NULL;
CREATE INDEX legal_order_by_settled ON legal_order (settled, id) WHERE settled IS NOT NULL;
CREATE INDEX decision_waiting ON decision (second_due, id) WHERE live = 1 AND second_due = 1 AND second IS NULL;

-- What people keep for themselves and for each other's work; no evidence of a case, hence without entry and rev.
CREATE TABLE watch (
  person INTEGER NOT NULL REFERENCES person (id),
  matter INTEGER NOT NULL REFERENCES matter (id),
  PRIMARY KEY (person, matter)
) STRICT;
CREATE INDEX watch_by_matter ON watch (matter);
CREATE TABLE saved_search (         -- the name and what is searched for are sealed: a target may be in it
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL REFERENCES person (id),
  name_ct BLOB NOT NULL,
  query_ct BLOB NOT NULL
) STRICT;
CREATE INDEX saved_search_by_person ON saved_search (person);
CREATE TABLE reply_template (       -- texts of the house, of nobody
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (name, language)
) STRICT;
CREATE TABLE oncall_shift (         -- each week; minutes since Monday 00:00 in the house's zone
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  rank INTEGER NOT NULL CHECK (rank >= 1 AND rank <= 9),   -- 1 is paged first
  minute_from INTEGER NOT NULL CHECK (minute_from >= 0),
  minute_to INTEGER NOT NULL CHECK (minute_to <= 10080),
  CHECK (minute_to > minute_from)
) STRICT;
CREATE TABLE oncall_change (        -- away, or there beside the week
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  rank INTEGER NOT NULL CHECK (rank >= 0 AND rank <= 9),   -- 0: away
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  CHECK (until > since)
) STRICT;
CREATE INDEX oncall_change_by_until ON oncall_change (until);
CREATE TABLE paging_call (          -- who was paged, in turn; written before the message goes out
  paging INTEGER NOT NULL REFERENCES paging (id),
  turn INTEGER NOT NULL CHECK (turn >= 1),
  person INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (paging, turn)
) STRICT;

-- ---------------------------------------------------------------- what is being filled in
-- A form of the portal between its steps (desk/sketch.h): found by the word in its address, of which the hash is kept;
-- sealed, and gone after some days or once it was sent. No evidence: the demand is.
CREATE TABLE sketch (
  id INTEGER PRIMARY KEY,
  word_hash BLOB NOT NULL UNIQUE CHECK (length(word_hash) = 32),
  person INTEGER REFERENCES person (id), -- who fills it in; NULL: the public form
  until INTEGER NOT NULL,
  form_ct BLOB NOT NULL
) STRICT;
CREATE INDEX sketch_by_person ON sketch (person, id);
CREATE INDEX sketch_by_until ON sketch (until);


-- ---------------------------------------------------------------- tokens of the HTTP API
-- What a program signs in with for a person (desk/token.h): with some of the person's roles, for a time. Only its
-- person makes one, so that nobody gets at what an own role does not reach.
CREATE TABLE api_token (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  number INTEGER NOT NULL CHECK (number > 0),  -- of the person's: what people call it by
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- of its 256 random bits
  roles INTEGER NOT NULL CHECK (roles > 0),
  sealed INTEGER NOT NULL CHECK (sealed = 0 OR sealed = 1),
  made INTEGER NOT NULL,            -- instant
  until INTEGER NOT NULL,           -- instant
  ended INTEGER,                    -- instant
  ender INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  name_gone BLOB, name_ct BLOB,
  UNIQUE (person, number),
  CHECK (until > made),
  CHECK ((ended IS NULL) = (ender IS NULL))
) STRICT;
CREATE INDEX api_token_by_entry ON api_token (entry);
CREATE TRIGGER api_token_begin BEFORE INSERT ON api_token
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'api_token begins only with a new ledger entry'); END;
CREATE TRIGGER api_token_step BEFORE UPDATE ON api_token
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'api_token changes only with a newer ledger entry'); END;
CREATE TRIGGER api_token_no_delete BEFORE DELETE ON api_token BEGIN SELECT RAISE(ABORT, 'api_token is never deleted'); END;
CREATE TRIGGER api_token_fixed BEFORE UPDATE ON api_token
  WHEN NEW.person IS DISTINCT FROM OLD.person OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.token_hash IS DISTINCT FROM OLD.token_hash OR NEW.roles IS DISTINCT FROM OLD.roles
    OR NEW.sealed IS DISTINCT FROM OLD.sealed OR NEW.made IS DISTINCT FROM OLD.made
    OR NEW.until IS DISTINCT FROM OLD.until OR OLD.ended IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a token is not rewritten: it ends'); END;
-- A token reaches what its person reaches, and no officer has one.
CREATE TRIGGER api_token_roles BEFORE INSERT ON api_token
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.person AND p.active = 1
    AND (p.roles & NEW.roles) = NEW.roles AND p.sealed >= NEW.sealed)
  BEGIN SELECT RAISE(ABORT, 'a token has roles of its person'); END;

-- ---------------------------------------------------------------- webhooks
-- Addresses of other programs that are told of events (desk/hook.h). Address and secret are sealed.
CREATE TABLE webhook (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  events TEXT NOT NULL,
  made INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  ended INTEGER,
  url_ct BLOB, url_gone BLOB,
  secret_ct BLOB, secret_gone BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX webhook_by_entry ON webhook (entry);
CREATE TRIGGER webhook_step BEFORE UPDATE ON webhook
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR NEW.ref IS DISTINCT FROM OLD.ref OR NEW.events IS DISTINCT FROM OLD.events OR NEW.made IS DISTINCT FROM OLD.made
    OR NEW.author IS DISTINCT FROM OLD.author OR (OLD.ended IS NOT NULL AND NEW.ended IS DISTINCT FROM OLD.ended)
  BEGIN SELECT RAISE(ABORT, 'webhook changes only with a newer ledger entry'); END;
CREATE TRIGGER webhook_begin BEFORE INSERT ON webhook
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'webhook begins only with a new ledger entry'); END;
CREATE TRIGGER webhook_no_delete BEFORE DELETE ON webhook BEGIN SELECT RAISE(ABORT, 'webhook is never deleted'); END;

-- Messages to them. No evidence: what happened stands in the ledger. ref is the message's id for its receiver.
CREATE TABLE webhook_due (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL,
  webhook INTEGER NOT NULL REFERENCES webhook (id),
  event TEXT NOT NULL,
  matter INTEGER REFERENCES matter (id),
  demand INTEGER REFERENCES demand (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'due' OR state = 'sent' OR state = 'failed'),
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  UNIQUE (webhook, ref),
  CHECK ((matter IS NULL) <> (demand IS NULL))
) STRICT;
CREATE INDEX webhook_due_next ON webhook_due (state, due, id);
CREATE INDEX webhook_due_by_webhook ON webhook_due (webhook, state);
-- Where a person is called by mail. No evidence, and the person's own business.
CREATE TABLE person_mail (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  address_ct BLOB NOT NULL
) STRICT;

-- ---- emergencies on top of lists -------------------------------------------------------------------------------
CREATE INDEX legal_order_emergency ON legal_order (id) WHERE emergency = 1 AND settled IS NULL;

-- ---------------------------------------------------------------- rounds through the OpenID provider
-- No evidence, hence without entry and rev: a round lasts five minutes, and what it brings about has its own rows.
-- What a browser came back with (desk/oidc.h): the web process writes it, the process that speaks to the issuer
-- takes the code, once, and notes how that ended.
CREATE TABLE oidc_round (
  id INTEGER PRIMARY KEY,
  state BLOB NOT NULL UNIQUE,       -- that it went out with; so each comes back once
  browser BLOB NOT NULL CHECK (length(browser) = 32), -- SHA-256 of its cookie
  source BLOB NOT NULL CHECK (length(source) = 32),   -- keyed hash of its network
  fresh INTEGER NOT NULL CHECK (fresh = 0 OR fresh = 1), -- the sign-in there must be of this round
  began INTEGER NOT NULL,           -- instant
  until INTEGER NOT NULL,           -- instant: then the row goes
  stage TEXT NOT NULL CHECK (stage = 'waiting' OR stage = 'asked' OR stage = 'good' OR stage = 'bad' OR stage = 'over'),
  fault TEXT NOT NULL,              -- of a bad one: one word for the log
  code_ct BLOB,                     -- while it waits
  subject_ct BLOB                   -- of a good one
) STRICT;
CREATE INDEX oidc_round_by_stage ON oidc_round (stage, id);
CREATE INDEX oidc_round_by_browser ON oidc_round (browser, id);
CREATE INDEX oidc_round_by_until ON oidc_round (until);
-- What the issuer says of itself, read anew each hour.
CREATE TABLE oidc_issuer (
  issuer TEXT PRIMARY KEY,
  known INTEGER NOT NULL,           -- instant of the last good reading, 0 before
  tried INTEGER NOT NULL,           -- instant
  fault TEXT NOT NULL,              -- of the last try: one word, '' when it was good
  document TEXT NOT NULL,
  keys TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- editions in the browser
-- What the last look at an edition found against its publication (desk/verdict.h), so that a page shows it without
-- looking again. No evidence, nothing personal: figures that are or would be public, judged by their rules.
CREATE TABLE edition_verdict (
  edition INTEGER PRIMARY KEY REFERENCES edition (id),
  at INTEGER NOT NULL,
  grounds BLOB NOT NULL,            -- hash over what it was judged by; another one now: it is old
  breaches TEXT NOT NULL            -- JSON, as `writ --json edition check` has it
) STRICT;
