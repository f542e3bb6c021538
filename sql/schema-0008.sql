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
CREATE INDEX legal_order_by_demand ON legal_order (demand) WHERE demand IS NOT NULL;
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
