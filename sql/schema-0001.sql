-- Writ's first schema. Portable: STRICT and the triggers are SQLite's; tools map INTEGER to BIGINT and
-- BLOB to BYTEA elsewhere. Numbered migrations are never edited after a release.
--
-- Every row a person's step changes carries `rev` and `entry`: the ledger entry that last touched it.
-- Columns ending _ct are sealed with the instance key; _gone keeps the hash of an erased one; _key is
-- a keyed hash to find it by. Days are days since 1970-01-01, instants seconds since then (UTC).
-- Words are checked by OR, not IN: SQLite fills a temporary table for an IN of three or more, at every row.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- the ledger (append-only)
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,          -- person, 0 for the program itself
  matter INTEGER,
  leaf BLOB NOT NULL CHECK (length(leaf) = 33),
  salt BLOB,                       -- NULL once the detail is erased
  detail TEXT                      -- canonical JSON; NULL for a closed record (its row is the detail)
) STRICT;
CREATE INDEX entry_by_matter ON entry (matter, id) WHERE matter IS NOT NULL;

-- The id of the step in progress. Rows cite it at once; the entry itself, which holds their images, is
-- written last, and must be there at commit. (Rows that cited the entry directly would make the engine
-- search every table for waiting rows at each entry.)
CREATE TABLE stamp (
  id INTEGER PRIMARY KEY REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE pending (             -- committed ranges of entries without a place
  first_entry INTEGER PRIMARY KEY,
  n INTEGER NOT NULL CHECK (n > 0)
) STRICT;
CREATE TABLE place_run (           -- entries first_entry.. hold places first_place..
  first_place INTEGER PRIMARY KEY,
  first_entry INTEGER NOT NULL UNIQUE,
  n INTEGER NOT NULL CHECK (n > 0)
) STRICT;
CREATE TABLE tile (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 256),
  data BLOB NOT NULL CHECK (length(data) = 32 * width),
  PRIMARY KEY (level, idx)
) STRICT;
CREATE TABLE slot (                -- a committed tree
  size INTEGER PRIMARY KEY,
  root BLOB NOT NULL CHECK (length(root) = 32),
  at INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoint (          -- its signed note
  size INTEGER PRIMARY KEY REFERENCES slot (size),
  note TEXT NOT NULL
) STRICT;
CREATE TABLE promise (             -- what the sender got at once
  entry INTEGER PRIMARY KEY REFERENCES entry (id),
  note TEXT NOT NULL
) STRICT;
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- people
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  handle_key BLOB NOT NULL UNIQUE,
  handle_ct BLOB,
  handle_gone BLOB,
  roles INTEGER NOT NULL CHECK (roles BETWEEN 0 AND 255),
  sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),  -- named to the national-security compartment
  unix_uid INTEGER UNIQUE,
  secret_hash BLOB UNIQUE,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (unix_uid IS NOT NULL OR secret_hash IS NOT NULL)
) STRICT;

-- ---------------------------------------------------------------- what came in
CREATE TABLE demand (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  received INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  country TEXT NOT NULL CHECK (length(country) = 2),
  body TEXT NOT NULL,
  level TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  state TEXT NOT NULL CHECK (state = 'received' OR state = 'opened' OR state = 'merged' OR
    state = 'not_data'),
  merged_into INTEGER REFERENCES demand (id),
  compartment INTEGER NOT NULL CHECK (compartment IN (0, 1)),
  content_key BLOB NOT NULL,        -- keyed hash of what was asked, to find duplicates
  number_key BLOB,                  -- keyed hash of the authority's file number
  draft_gone BLOB, draft_ct BLOB,   -- the demand as read, canonical JSON
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) STRICT;
CREATE INDEX demand_by_content ON demand (content_key);
CREATE INDEX demand_by_number ON demand (number_key) WHERE number_key IS NOT NULL;
CREATE INDEX demand_by_state ON demand (state, received);

CREATE TABLE paper (
  id INTEGER PRIMARY KEY,
  demand INTEGER NOT NULL REFERENCES demand (id),
  blob TEXT NOT NULL,               -- hash of the ciphertext: the file's name in the blob store
  size INTEGER NOT NULL,
  name_gone BLOB, name_ct BLOB,
  key_gone BLOB, key_ct BLOB,       -- the blob's own key, sealed
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX paper_by_demand ON paper (demand);

-- ---------------------------------------------------------------- the case
CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  demand INTEGER NOT NULL REFERENCES demand (id),
  compartment INTEGER NOT NULL CHECK (compartment IN (0, 1)),
  assigned INTEGER REFERENCES person (id),
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  opened INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX matter_by_demand ON matter (demand);
CREATE INDEX matter_open ON matter (closed, opened);

CREATE TABLE legal_order (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  seq INTEGER NOT NULL,             -- 1, 2, ... within the matter
  instrument TEXT NOT NULL,
  class TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis = 'order' OR basis = 'permitted' OR basis = 'preservation' OR
    basis = 'sealed' OR basis = 'capability'),
  state TEXT NOT NULL CHECK (state = 'received' OR state = 'in_review' OR state = 'returned' OR
    state = 'approved' OR state = 'rejected' OR state = 'annex3' OR state = 'preserved' OR
    state = 'withdrawn' OR state = 'redirected' OR state = 'lapsed' OR state = 'amended' OR
    state = 'produced' OR state = 'delivered' OR state = 'closed'),
  hold TEXT CHECK (hold IN ('challenged', 'on_hold')),
  received INTEGER NOT NULL,        -- instant; the law of its day judges
  emergency INTEGER NOT NULL CHECK (emergency IN (0, 1)),
  code TEXT,                        -- refusal code once rejected
  outcome TEXT CHECK (outcome = 'content' OR outcome = 'noncontent' OR outcome = 'no_data' OR
    outcome = 'rejected' OR outcome = 'annex3' OR outcome = 'withdrawn' OR
    outcome = 'redirected'),    -- NULL while pending
  settled INTEGER,                  -- instant of the outcome
  narrowed INTEGER NOT NULL CHECK (narrowed IN (0, 1)),
  withdrawn_because TEXT,
  demand INTEGER REFERENCES demand (id),         -- what brought it, if not the matter's demand
  cures INTEGER REFERENCES legal_order (id),     -- the refused order this one resubmits
  amends INTEGER REFERENCES legal_order (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (matter, seq),
  CHECK ((outcome IS NULL) = (settled IS NULL)),
  CHECK (state <> 'rejected' OR code IS NOT NULL)
) STRICT;
CREATE INDEX legal_order_by_received ON legal_order (received);
CREATE INDEX legal_order_by_cures ON legal_order (cures) WHERE cures IS NOT NULL;

-- What an order came to, and when: an edition looks at a day, and a later outcome must not change what
-- that day saw. NULL: open again. The newest row is what legal_order.outcome says.
CREATE TABLE order_outcome (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  outcome TEXT CHECK (outcome = 'content' OR outcome = 'noncontent' OR outcome = 'no_data' OR
    outcome = 'rejected' OR outcome = 'annex3' OR outcome = 'withdrawn' OR
    outcome = 'redirected'),
  code TEXT,                        -- refusal code of a rejection
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX order_outcome_by_order ON order_outcome (legal_order, id);

CREATE TABLE order_fact (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  name TEXT NOT NULL,
  value_gone BLOB, value_ct BLOB,
  source TEXT NOT NULL CHECK (source = 'paper' OR source = 'person' OR source = 'program'),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (legal_order, name)
) STRICT;

CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL,
  value_key BLOB NOT NULL,          -- keyed hash of the normalised value
  at INTEGER,                       -- instant of use, for addresses
  specific INTEGER NOT NULL CHECK (specific IN (0, 1)),
  corrects INTEGER REFERENCES target (id),
  value_gone BLOB, value_ct BLOB,   -- normalised
  printed_gone BLOB, printed_ct BLOB, -- as the paper prints it
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX target_by_value ON target (value_key);
CREATE INDEX target_by_matter ON target (matter);

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  target INTEGER NOT NULL REFERENCES target (id),
  field TEXT NOT NULL,
  service TEXT NOT NULL,
  day_from INTEGER,
  day_to INTEGER,
  fold TEXT NOT NULL CHECK (fold = 'content' OR fold = 'noncontent' OR fold = 'key'),
  state TEXT NOT NULL CHECK (state = 'asked' OR state = 'produce' OR state = 'narrow' OR
    state = 'withhold' OR state = 'withdrawn' OR state = 'no_data' OR state = 'produced'),
  decision INTEGER REFERENCES decision (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (id, legal_order)
) STRICT;
CREATE INDEX item_by_order ON item (legal_order);
CREATE INDEX item_by_target ON item (target);

-- One judging of an order: its findings stand, later rounds do not overwrite them.
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  round INTEGER NOT NULL,
  item INTEGER REFERENCES item (id),
  rule TEXT NOT NULL,
  pack TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict = 'pass' OR verdict = 'ask' OR verdict = 'counsel' OR
    verdict = 'fail'),
  code TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),  -- 0: the rule can only ask
  why TEXT NOT NULL,                -- explanation tree, canonical JSON
  answer TEXT CHECK (answer = 'accept' OR answer = 'allow' OR answer = 'deny'),
  answered_by INTEGER REFERENCES person (id),
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((answer IS NULL) = (answered_by IS NULL)),
  -- a fail cannot be answered away; a question of verified law is answered by facts, not by accepting
  CHECK (answer IS NULL OR verdict IN ('ask', 'counsel')),
  CHECK (answer IS DISTINCT FROM 'accept' OR (verdict = 'ask' AND verified = 0)),
  CHECK (answer IS DISTINCT FROM 'allow' OR verdict = 'counsel')
) STRICT;
CREATE INDEX finding_by_order ON finding (legal_order, round);

-- The examination of an order by a person (P1, P3; TDDDG 22(6), TKG 174(7)).
CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  round INTEGER NOT NULL,
  reviewer INTEGER NOT NULL REFERENCES person (id),
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  not_before INTEGER NOT NULL,      -- earliest instant of a production, 0 when free
  at INTEGER NOT NULL,
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (id, legal_order, passed, not_before)
) STRICT;
CREATE INDEX review_by_order ON review (legal_order);

-- What a person decided about one item. It grants only with a passed review of the same order and,
-- where due, a second person who is not the first (P1-P3): the schema holds what the gate promises.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  item INTEGER NOT NULL,
  legal_order INTEGER NOT NULL,
  review INTEGER NOT NULL,
  review_passed INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict = 'produce' OR verdict = 'narrow' OR verdict = 'withhold'),
  code TEXT,                        -- reason code when withheld or narrowed
  day_from INTEGER,                 -- the narrowed period
  day_to INTEGER,
  decider INTEGER NOT NULL REFERENCES person (id),
  second_due INTEGER NOT NULL CHECK (second_due IN (0, 1)),
  second INTEGER REFERENCES person (id),
  counsel INTEGER REFERENCES person (id), -- who allowed a counsel-decides finding
  counsel_due INTEGER NOT NULL CHECK (counsel_due IN (0, 1)),
  not_before INTEGER NOT NULL,
  grants INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),   -- 0 once another decision replaced it
  at INTEGER NOT NULL,
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order),
  FOREIGN KEY (review, legal_order, review_passed, not_before)
    REFERENCES review (id, legal_order, passed, not_before),
  UNIQUE (id, item, legal_order, grants, not_before),
  CHECK (second IS NULL OR second <> decider),
  CHECK (grants = (CASE WHEN verdict IN ('produce', 'narrow') AND review_passed = 1
    AND (second_due = 0 OR second IS NOT NULL)
    AND (counsel_due = 0 OR counsel IS NOT NULL) THEN 1 ELSE 0 END)),
  CHECK (verdict = 'produce' OR code IS NOT NULL)
) STRICT;
CREATE INDEX decision_by_order ON decision (legal_order);
CREATE INDEX decision_by_item ON decision (item);

-- ---------------------------------------------------------------- what leaves
CREATE TABLE production (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  at INTEGER NOT NULL,
  maker INTEGER NOT NULL REFERENCES person (id),
  recipient TEXT NOT NULL,          -- the key it is sealed to
  manifest_hash BLOB NOT NULL,
  blob_hash BLOB NOT NULL,          -- SHA-256 of the sealed file
  size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'sealed' OR state = 'delivered' OR state = 'acknowledged' OR
    state = 'recalled'),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (id, legal_order)
) STRICT;
CREATE INDEX production_by_order ON production (legal_order);

CREATE TABLE production_file (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL,
  legal_order INTEGER NOT NULL,
  item INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  grants INTEGER NOT NULL CHECK (grants = 1),
  not_before INTEGER NOT NULL,
  at INTEGER NOT NULL CHECK (at >= not_before),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  size INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (production, legal_order) REFERENCES production (id, legal_order),
  FOREIGN KEY (decision, item, legal_order, grants, not_before)
    REFERENCES decision (id, item, legal_order, grants, not_before)
) STRICT;
CREATE INDEX production_file_by_production ON production_file (production);
CREATE INDEX production_file_by_decision ON production_file (decision);

CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  channel TEXT NOT NULL,
  at INTEGER NOT NULL,
  acknowledged INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX delivery_by_production ON delivery (production);

-- ---------------------------------------------------------------- states that outlive the case's
CREATE TABLE preservation (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'released')),
  since INTEGER NOT NULL,
  until INTEGER,                    -- last day; NULL: until produced or told otherwise
  extended INTEGER NOT NULL,        -- how often
  rule TEXT NOT NULL,
  produced_by INTEGER REFERENCES legal_order (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX preservation_by_order ON preservation (legal_order);

CREATE TABLE secrecy (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  bars TEXT NOT NULL CHECK (bars = 'user' OR bars = 'public' OR bars = 'both'),
  rule TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,                    -- last day; NULL: no end of its own
  lifted INTEGER,                   -- instant
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX secrecy_by_order ON secrecy (legal_order);

CREATE TABLE challenge (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  against TEXT NOT NULL CHECK (against = 'order' OR against = 'secrecy' OR against = 'publication'),
  state TEXT NOT NULL CHECK (state = 'filed' OR state = 'upheld' OR state = 'dismissed' OR
    state = 'withdrawn'),
  at INTEGER NOT NULL,
  text_gone BLOB, text_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX challenge_by_order ON challenge (legal_order);

CREATE TABLE pause (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX pause_by_order ON pause (legal_order);

CREATE TABLE message (              -- questions, answers, refusals, Annex III
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  kind TEXT NOT NULL CHECK (kind = 'question' OR kind = 'answer' OR kind = 'refusal' OR
    kind = 'annex3' OR kind = 'note'),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  text_gone BLOB, text_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX message_by_order ON message (legal_order);

-- FISA orders and directives: counted, nothing more; day, kind, selectors and state are sealed.
CREATE TABLE sealed_record (
  id INTEGER PRIMARY KEY,
  record_gone BLOB, record_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;

-- ---------------------------------------------------------------- history brought along
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'demands')),
  file_hash BLOB NOT NULL,
  map_hash BLOB NOT NULL,
  source TEXT NOT NULL,             -- as the mapping file names it: publisher, title, date
  state TEXT NOT NULL CHECK (state IN ('running', 'done')),
  next_line INTEGER NOT NULL,
  records INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  note TEXT NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (file_hash, map_hash)
) STRICT;

-- Period-only, target-less, usable at no gate. The entry's commitment is over this very row.
CREATE TABLE closed (
  id INTEGER PRIMARY KEY REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  import INTEGER NOT NULL REFERENCES import (id),
  line INTEGER NOT NULL,
  day_from INTEGER NOT NULL,
  day_to INTEGER NOT NULL,
  country TEXT NOT NULL,
  class TEXT NOT NULL,
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 9),
  accounts INTEGER NOT NULL CHECK (accounts >= 0),
  printed TEXT                      -- a remark the source prints beside it
) STRICT;

-- ---------------------------------------------------------------- the public account
CREATE TABLE edition (
  id INTEGER PRIMARY KEY,
  day_from INTEGER NOT NULL,
  day_to INTEGER NOT NULL,
  version INTEGER NOT NULL,
  as_of INTEGER NOT NULL,           -- day the outcomes are accurate as of
  state TEXT NOT NULL CHECK (state = 'draft' OR state = 'published' OR state = 'discarded'),
  structure TEXT NOT NULL,          -- the chosen band structure
  figures_hash BLOB NOT NULL,
  maker INTEGER NOT NULL REFERENCES person (id),
  publisher INTEGER REFERENCES person (id),
  published INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (day_from, day_to, version),
  CHECK ((state = 'published') = (published IS NOT NULL))
) STRICT;

CREATE TABLE figure (               -- append-only: the figures an edition shows
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES edition (id),
  section TEXT NOT NULL,
  country TEXT NOT NULL,            -- ISO code, '' for all
  instrument TEXT NOT NULL,         -- class or other key of the section, '' for all
  metric TEXT NOT NULL,
  value_min INTEGER,
  value_max INTEGER,
  unit TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status = 'exact' OR status = 'band' OR status = 'prohibited' OR
    status = 'not_countable' OR status = 'unknown'),
  UNIQUE (edition, section, country, instrument, metric),
  CHECK (status <> 'exact' OR (value_min IS NOT NULL AND value_min = value_max)),
  CHECK (status <> 'band' OR (value_min IS NOT NULL AND value_max > value_min)),
  CHECK (status IN ('exact', 'band') OR (value_min IS NULL AND value_max IS NULL))
) STRICT;

-- ---------------------------------------------------------------- guards
-- The ledger refuses UPDATE and DELETE; the one exception is the erasure of an entry's detail.
CREATE TRIGGER place_run_no_update BEFORE UPDATE ON place_run BEGIN SELECT RAISE(ABORT, 'place_run is append-only'); END;
CREATE TRIGGER slot_no_update BEFORE UPDATE ON slot BEGIN SELECT RAISE(ABORT, 'slot is append-only'); END;
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER promise_no_update BEFORE UPDATE ON promise BEGIN SELECT RAISE(ABORT, 'promise is append-only'); END;
CREATE TRIGGER figure_no_update BEFORE UPDATE ON figure BEGIN SELECT RAISE(ABORT, 'figure is append-only'); END;
CREATE TRIGGER stamp_no_update BEFORE UPDATE ON stamp BEGIN SELECT RAISE(ABORT, 'stamp is append-only'); END;
CREATE TRIGGER stamp_no_delete BEFORE DELETE ON stamp BEGIN SELECT RAISE(ABORT, 'stamp is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER place_run_no_delete BEFORE DELETE ON place_run BEGIN SELECT RAISE(ABORT, 'place_run is append-only'); END;
CREATE TRIGGER tile_no_delete BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT, 'tile is append-only'); END;
CREATE TRIGGER slot_no_delete BEFORE DELETE ON slot BEGIN SELECT RAISE(ABORT, 'slot is append-only'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER promise_no_delete BEFORE DELETE ON promise BEGIN SELECT RAISE(ABORT, 'promise is append-only'); END;
CREATE TRIGGER closed_no_delete BEFORE DELETE ON closed BEGIN SELECT RAISE(ABORT, 'closed is append-only'); END;
CREATE TRIGGER figure_no_delete BEFORE DELETE ON figure BEGIN SELECT RAISE(ABORT, 'figure is append-only'); END;
CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition BEGIN SELECT RAISE(ABORT, 'edition is append-only'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.actor IS DISTINCT FROM OLD.actor OR NEW.matter IS DISTINCT FROM OLD.matter OR NEW.leaf IS DISTINCT FROM OLD.leaf
    OR NEW.salt IS NOT NULL OR NEW.detail IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER closed_no_update BEFORE UPDATE ON closed BEGIN SELECT RAISE(ABORT, 'closed is append-only'); END;
CREATE TRIGGER tile_grows BEFORE UPDATE ON tile
  WHEN NEW.level IS DISTINCT FROM OLD.level OR NEW.idx IS DISTINCT FROM OLD.idx OR NEW.width <= OLD.width
    OR substr(NEW.data, 1, CAST(32 * OLD.width AS INTEGER)) IS DISTINCT FROM OLD.data
  BEGIN SELECT RAISE(ABORT, 'a tile only grows'); END;

-- A row begins and changes only together with the ledger entry of the step in progress, which is written
-- last: an entry that exists already covers no new change. One revision at a time.
CREATE TRIGGER person_step BEFORE UPDATE ON person
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'person changes only with a newer ledger entry'); END;
CREATE TRIGGER person_begin BEFORE INSERT ON person
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'person begins only with a new ledger entry'); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'person is never deleted'); END;
CREATE TRIGGER demand_step BEFORE UPDATE ON demand
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'demand changes only with a newer ledger entry'); END;
CREATE TRIGGER demand_begin BEFORE INSERT ON demand
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'demand begins only with a new ledger entry'); END;
CREATE TRIGGER demand_no_delete BEFORE DELETE ON demand BEGIN SELECT RAISE(ABORT, 'demand is never deleted'); END;
CREATE TRIGGER paper_step BEFORE UPDATE ON paper
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'paper changes only with a newer ledger entry'); END;
CREATE TRIGGER paper_begin BEFORE INSERT ON paper
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'paper begins only with a new ledger entry'); END;
CREATE TRIGGER paper_no_delete BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'paper is never deleted'); END;
CREATE TRIGGER matter_step BEFORE UPDATE ON matter
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'matter changes only with a newer ledger entry'); END;
CREATE TRIGGER matter_begin BEFORE INSERT ON matter
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'matter begins only with a new ledger entry'); END;
CREATE TRIGGER matter_no_delete BEFORE DELETE ON matter BEGIN SELECT RAISE(ABORT, 'matter is never deleted'); END;
CREATE TRIGGER legal_order_step BEFORE UPDATE ON legal_order
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'legal_order changes only with a newer ledger entry'); END;
CREATE TRIGGER legal_order_begin BEFORE INSERT ON legal_order
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'legal_order begins only with a new ledger entry'); END;
CREATE TRIGGER legal_order_no_delete BEFORE DELETE ON legal_order BEGIN SELECT RAISE(ABORT, 'legal_order is never deleted'); END;
CREATE TRIGGER order_outcome_step BEFORE UPDATE ON order_outcome
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_outcome changes only with a newer ledger entry'); END;
CREATE TRIGGER order_outcome_begin BEFORE INSERT ON order_outcome
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_outcome begins only with a new ledger entry'); END;
CREATE TRIGGER order_outcome_no_delete BEFORE DELETE ON order_outcome BEGIN SELECT RAISE(ABORT, 'order_outcome is never deleted'); END;
CREATE TRIGGER order_fact_step BEFORE UPDATE ON order_fact
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_fact changes only with a newer ledger entry'); END;
CREATE TRIGGER order_fact_begin BEFORE INSERT ON order_fact
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_fact begins only with a new ledger entry'); END;
CREATE TRIGGER order_fact_no_delete BEFORE DELETE ON order_fact BEGIN SELECT RAISE(ABORT, 'order_fact is never deleted'); END;
CREATE TRIGGER target_step BEFORE UPDATE ON target
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'target changes only with a newer ledger entry'); END;
CREATE TRIGGER target_begin BEFORE INSERT ON target
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'target begins only with a new ledger entry'); END;
CREATE TRIGGER target_no_delete BEFORE DELETE ON target BEGIN SELECT RAISE(ABORT, 'target is never deleted'); END;
CREATE TRIGGER item_step BEFORE UPDATE ON item
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'item changes only with a newer ledger entry'); END;
CREATE TRIGGER item_begin BEFORE INSERT ON item
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'item begins only with a new ledger entry'); END;
CREATE TRIGGER item_no_delete BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'item is never deleted'); END;
CREATE TRIGGER finding_step BEFORE UPDATE ON finding
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'finding changes only with a newer ledger entry'); END;
CREATE TRIGGER finding_begin BEFORE INSERT ON finding
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'finding begins only with a new ledger entry'); END;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'finding is never deleted'); END;
CREATE TRIGGER review_step BEFORE UPDATE ON review
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'review changes only with a newer ledger entry'); END;
CREATE TRIGGER review_begin BEFORE INSERT ON review
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'review begins only with a new ledger entry'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'review is never deleted'); END;
CREATE TRIGGER decision_step BEFORE UPDATE ON decision
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'decision changes only with a newer ledger entry'); END;
CREATE TRIGGER decision_begin BEFORE INSERT ON decision
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'decision begins only with a new ledger entry'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decision is never deleted'); END;
CREATE TRIGGER production_step BEFORE UPDATE ON production
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production changes only with a newer ledger entry'); END;
CREATE TRIGGER production_begin BEFORE INSERT ON production
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production begins only with a new ledger entry'); END;
CREATE TRIGGER production_no_delete BEFORE DELETE ON production BEGIN SELECT RAISE(ABORT, 'production is never deleted'); END;
CREATE TRIGGER production_file_step BEFORE UPDATE ON production_file
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_file changes only with a newer ledger entry'); END;
CREATE TRIGGER production_file_begin BEFORE INSERT ON production_file
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_file begins only with a new ledger entry'); END;
CREATE TRIGGER production_file_no_delete BEFORE DELETE ON production_file BEGIN SELECT RAISE(ABORT, 'production_file is never deleted'); END;
CREATE TRIGGER delivery_step BEFORE UPDATE ON delivery
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'delivery changes only with a newer ledger entry'); END;
CREATE TRIGGER delivery_begin BEFORE INSERT ON delivery
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'delivery begins only with a new ledger entry'); END;
CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'delivery is never deleted'); END;
CREATE TRIGGER preservation_step BEFORE UPDATE ON preservation
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'preservation changes only with a newer ledger entry'); END;
CREATE TRIGGER preservation_begin BEFORE INSERT ON preservation
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'preservation begins only with a new ledger entry'); END;
CREATE TRIGGER preservation_no_delete BEFORE DELETE ON preservation BEGIN SELECT RAISE(ABORT, 'preservation is never deleted'); END;
CREATE TRIGGER secrecy_step BEFORE UPDATE ON secrecy
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'secrecy changes only with a newer ledger entry'); END;
CREATE TRIGGER secrecy_begin BEFORE INSERT ON secrecy
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'secrecy begins only with a new ledger entry'); END;
CREATE TRIGGER secrecy_no_delete BEFORE DELETE ON secrecy BEGIN SELECT RAISE(ABORT, 'secrecy is never deleted'); END;
CREATE TRIGGER challenge_step BEFORE UPDATE ON challenge
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'challenge changes only with a newer ledger entry'); END;
CREATE TRIGGER challenge_begin BEFORE INSERT ON challenge
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'challenge begins only with a new ledger entry'); END;
CREATE TRIGGER challenge_no_delete BEFORE DELETE ON challenge BEGIN SELECT RAISE(ABORT, 'challenge is never deleted'); END;
CREATE TRIGGER pause_step BEFORE UPDATE ON pause
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'pause changes only with a newer ledger entry'); END;
CREATE TRIGGER pause_begin BEFORE INSERT ON pause
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'pause begins only with a new ledger entry'); END;
CREATE TRIGGER pause_no_delete BEFORE DELETE ON pause BEGIN SELECT RAISE(ABORT, 'pause is never deleted'); END;
CREATE TRIGGER message_step BEFORE UPDATE ON message
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'message changes only with a newer ledger entry'); END;
CREATE TRIGGER message_begin BEFORE INSERT ON message
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'message begins only with a new ledger entry'); END;
CREATE TRIGGER message_no_delete BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'message is never deleted'); END;
CREATE TRIGGER sealed_record_step BEFORE UPDATE ON sealed_record
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'sealed_record changes only with a newer ledger entry'); END;
CREATE TRIGGER sealed_record_begin BEFORE INSERT ON sealed_record
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'sealed_record begins only with a new ledger entry'); END;
CREATE TRIGGER sealed_record_no_delete BEFORE DELETE ON sealed_record BEGIN SELECT RAISE(ABORT, 'sealed_record is never deleted'); END;
CREATE TRIGGER import_step BEFORE UPDATE ON import
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'import changes only with a newer ledger entry'); END;
CREATE TRIGGER import_begin BEFORE INSERT ON import
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'import begins only with a new ledger entry'); END;
CREATE TRIGGER import_no_delete BEFORE DELETE ON import BEGIN SELECT RAISE(ABORT, 'import is never deleted'); END;
CREATE TRIGGER edition_step BEFORE UPDATE ON edition
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'edition changes only with a newer ledger entry'); END;
CREATE TRIGGER edition_begin BEFORE INSERT ON edition
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'edition begins only with a new ledger entry'); END;

-- What a decision or a production says never changes; only who stood behind it is added.
CREATE TRIGGER decision_fixed BEFORE UPDATE ON decision
  WHEN NEW.item IS DISTINCT FROM OLD.item OR NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.review IS DISTINCT FROM OLD.review
    OR NEW.verdict IS DISTINCT FROM OLD.verdict OR NEW.day_from IS DISTINCT FROM OLD.day_from OR NEW.day_to IS DISTINCT FROM OLD.day_to
    OR NEW.decider IS DISTINCT FROM OLD.decider OR NEW.second_due < OLD.second_due
    OR NEW.counsel_due < OLD.counsel_due OR NEW.not_before IS DISTINCT FROM OLD.not_before
    OR NEW.live > OLD.live OR (OLD.second IS NOT NULL AND NEW.second IS DISTINCT FROM OLD.second)
  BEGIN SELECT RAISE(ABORT, 'a decision is not rewritten'); END;
CREATE TRIGGER review_fixed BEFORE UPDATE ON review
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.passed IS DISTINCT FROM OLD.passed
    OR NEW.reviewer IS DISTINCT FROM OLD.reviewer OR NEW.not_before IS DISTINCT FROM OLD.not_before
  BEGIN SELECT RAISE(ABORT, 'a review is not rewritten'); END;
-- What a rule said of an order stays as it was said; only the answer is added.
CREATE TRIGGER finding_fixed BEFORE UPDATE ON finding
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.round IS DISTINCT FROM OLD.round OR NEW.item IS DISTINCT FROM OLD.item
    OR NEW.rule IS DISTINCT FROM OLD.rule OR NEW.pack IS DISTINCT FROM OLD.pack OR NEW.verdict IS DISTINCT FROM OLD.verdict
    OR NEW.code IS DISTINCT FROM OLD.code OR NEW.verified IS DISTINCT FROM OLD.verified OR NEW.why IS DISTINCT FROM OLD.why
  BEGIN SELECT RAISE(ABORT, 'a finding is not rewritten'); END;
-- A file joins a production only while its decision is live, its order approved, and nothing holds it;
-- never on a preservation, a sealed record or a demand for a capability, and never for a target that
-- stands for more than one account (P4, P6).
CREATE TRIGGER production_file_gate BEFORE INSERT ON production_file
  WHEN (SELECT d.live FROM decision d WHERE d.id = NEW.decision) IS DISTINCT FROM 1
    OR (SELECT o.state FROM legal_order o WHERE o.id = NEW.legal_order)
      NOT IN ('approved', 'produced', 'delivered')
    OR (SELECT o.hold FROM legal_order o WHERE o.id = NEW.legal_order) IS NOT NULL
    OR (SELECT i.state FROM item i WHERE i.id = NEW.item) NOT IN ('produce', 'narrow', 'produced')
    OR (SELECT i.decision FROM item i WHERE i.id = NEW.item) IS DISTINCT FROM NEW.decision
    OR (SELECT o.basis FROM legal_order o WHERE o.id = NEW.legal_order) NOT IN ('order', 'permitted')
    OR (SELECT t.specific FROM item i JOIN target t ON t.id = i.target WHERE i.id = NEW.item) IS DISTINCT FROM 1
  BEGIN SELECT RAISE(ABORT, 'no production without a live approved decision'); END;
CREATE TRIGGER order_outcome_fixed BEFORE UPDATE ON order_outcome
  BEGIN SELECT RAISE(ABORT, 'an outcome is not rewritten'); END;
CREATE TRIGGER production_file_fixed BEFORE UPDATE ON production_file
  BEGIN SELECT RAISE(ABORT, 'a produced file is not rewritten'); END;
