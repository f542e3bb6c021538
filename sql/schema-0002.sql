-- Erasure by retention rules: who proposed it, who confirmed it, and what it took away (SPEC.md 2.11).
-- Personal detail is changed after the fact nowhere else: the guards ask for the erasure that the step
-- in progress carries out, and an erasure that was carried out has two persons.

CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  proposal TEXT NOT NULL,           -- reference of the list it stands on
  demand INTEGER NOT NULL REFERENCES demand (id),  -- the case's, or one that never had a case
  matter INTEGER REFERENCES matter (id),
  rule TEXT NOT NULL,               -- of writ.yaml; '' when it was done again
  due INTEGER NOT NULL,             -- last day of the rule's term
  state TEXT NOT NULL CHECK (state = 'proposed' OR state = 'withdrawn' OR state = 'done' OR
    state = 'again'),               -- again: after a restore, by the journal of erasures
  proposer INTEGER REFERENCES person (id),
  confirmer INTEGER REFERENCES person (id),
  list_hash BLOB,                   -- of the list as the confirming person saw it
  at INTEGER,                       -- instant of the (first) erasure
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((state = 'again') = (proposer IS NULL)),
  CHECK ((state = 'done') = (confirmer IS NOT NULL)),
  CHECK ((state = 'done') = (list_hash IS NOT NULL)),
  CHECK ((state = 'done' OR state = 'again') = (at IS NOT NULL)),
  CHECK (confirmer IS NULL OR confirmer <> proposer)
) STRICT;
CREATE UNIQUE INDEX erasure_live ON erasure (demand) WHERE state <> 'withdrawn';
CREATE INDEX erasure_by_proposal ON erasure (proposal);
CREATE INDEX erasure_by_entry ON erasure (entry);
CREATE INDEX erasure_by_matter ON erasure (matter) WHERE matter IS NOT NULL;

CREATE TABLE erasure_hold (         -- somebody keeps a case from being erased
  id INTEGER PRIMARY KEY,
  demand INTEGER NOT NULL REFERENCES demand (id),
  holder INTEGER NOT NULL REFERENCES person (id),
  since INTEGER NOT NULL,
  released INTEGER,
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX erasure_hold_by_demand ON erasure_hold (demand);

CREATE TABLE erased_entry (         -- whose salt and detail an erasure took away
  entry INTEGER PRIMARY KEY REFERENCES entry (id),
  erasure INTEGER NOT NULL REFERENCES erasure (id)
) STRICT;

CREATE TABLE erase_todo (           -- what is left to do outside of the transaction that erased
  erasure INTEGER NOT NULL REFERENCES erasure (id),
  what TEXT NOT NULL CHECK (what = 'journal' OR what = 'papers' OR what = 'scrub'),
  PRIMARY KEY (erasure, what)
) STRICT;

-- On the row that every step on a case waits for. What the ledger commits to is the erasure.
ALTER TABLE matter ADD COLUMN erased INTEGER;

CREATE INDEX demand_by_merged ON demand (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entry_of_none ON entry (at, kind) WHERE matter IS NULL AND kind <> 'closed';

-- ---------------------------------------------------------------- guards
CREATE TRIGGER erasure_step BEFORE UPDATE ON erasure
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'erasure changes only with a newer ledger entry'); END;
CREATE TRIGGER erasure_begin BEFORE INSERT ON erasure
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'erasure begins only with a new ledger entry'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasure is never deleted'); END;
CREATE TRIGGER erasure_hold_step BEFORE UPDATE ON erasure_hold
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'erasure_hold changes only with a newer ledger entry'); END;
CREATE TRIGGER erasure_hold_begin BEFORE INSERT ON erasure_hold
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'erasure_hold begins only with a new ledger entry'); END;
CREATE TRIGGER erasure_hold_no_delete BEFORE DELETE ON erasure_hold BEGIN SELECT RAISE(ABORT, 'erasure_hold is never deleted'); END;

-- It is proposed first, unless a restored instance does again what was done before; what is decided stands.
CREATE TRIGGER erasure_proposed BEFORE INSERT ON erasure
  WHEN NEW.state <> 'proposed' AND NEW.state <> 'again'
  BEGIN SELECT RAISE(ABORT, 'an erasure is proposed by one person and confirmed by another'); END;
CREATE TRIGGER erasure_fixed BEFORE UPDATE ON erasure
  WHEN OLD.state <> 'proposed' OR NEW.state = 'again' OR NEW.proposal IS DISTINCT FROM OLD.proposal
    OR NEW.demand IS DISTINCT FROM OLD.demand OR NEW.matter IS DISTINCT FROM OLD.matter
    OR NEW.rule IS DISTINCT FROM OLD.rule OR NEW.due IS DISTINCT FROM OLD.due
    OR NEW.proposer IS DISTINCT FROM OLD.proposer
  BEGIN SELECT RAISE(ABORT, 'an erasure is not rewritten'); END;
-- A hold that stands, however the erasure came about.
CREATE TRIGGER erasure_held BEFORE UPDATE ON erasure
  WHEN NEW.state = 'done'
    AND EXISTS (SELECT 1 FROM erasure_hold h WHERE h.demand = NEW.demand AND h.released IS NULL)
  BEGIN SELECT RAISE(ABORT, 'what is held is not erased'); END;
CREATE TRIGGER erasure_hold_fixed BEFORE UPDATE ON erasure_hold
  WHEN NEW.demand IS DISTINCT FROM OLD.demand OR NEW.holder IS DISTINCT FROM OLD.holder OR NEW.since IS DISTINCT FROM OLD.since
    OR (OLD.released IS NOT NULL AND NEW.released IS DISTINCT FROM OLD.released)
  BEGIN SELECT RAISE(ABORT, 'a hold is not rewritten'); END;

CREATE TRIGGER erased_entry_gate BEFORE INSERT ON erased_entry
  WHEN NOT EXISTS (SELECT 1 FROM erasure x WHERE x.id = NEW.erasure AND (x.state = 'done' OR x.state = 'again')
    AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = x.entry))
  BEGIN SELECT RAISE(ABORT, 'an entry is erased only by the erasure in progress'); END;
CREATE TRIGGER erased_entry_no_update BEFORE UPDATE ON erased_entry BEGIN SELECT RAISE(ABORT, 'erased_entry is append-only'); END;
CREATE TRIGGER erased_entry_no_delete BEFORE DELETE ON erased_entry BEGIN SELECT RAISE(ABORT, 'erased_entry is append-only'); END;
CREATE TRIGGER entry_erased BEFORE UPDATE ON entry
  WHEN NOT EXISTS (SELECT 1 FROM erased_entry x WHERE x.entry = OLD.id)
  BEGIN SELECT RAISE(ABORT, 'entry is append-only: only an erasure takes its detail'); END;

CREATE TRIGGER matter_erased BEFORE UPDATE ON matter
  WHEN (NEW.erased IS DISTINCT FROM OLD.erased OR OLD.erased IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM erasure x
    WHERE x.entry = NEW.entry AND x.matter = NEW.id AND (x.state = 'done' OR x.state = 'again'))
  BEGIN SELECT RAISE(ABORT, 'a case is erased only by an erasure, and never changes after it'); END;
CREATE TRIGGER legal_order_erased BEFORE UPDATE ON legal_order
  WHEN (SELECT m.erased FROM matter m WHERE m.id = NEW.matter) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erasure x
    WHERE x.entry = NEW.entry AND x.matter = NEW.matter)
  BEGIN SELECT RAISE(ABORT, 'an erased case never changes'); END;

-- What stood fixed stays fixed but for what an erasure takes: the row goes on under the erasure's entry.
DROP TRIGGER order_outcome_fixed;
CREATE TRIGGER order_outcome_fixed BEFORE UPDATE ON order_outcome
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.outcome IS DISTINCT FROM OLD.outcome
    OR NEW.code IS DISTINCT FROM OLD.code OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'an outcome is not rewritten'); END;
DROP TRIGGER production_file_fixed;
CREATE TRIGGER production_file_fixed BEFORE UPDATE ON production_file
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.legal_order IS DISTINCT FROM OLD.legal_order
    OR NEW.item IS DISTINCT FROM OLD.item OR NEW.decision IS DISTINCT FROM OLD.decision
    OR NEW.grants IS DISTINCT FROM OLD.grants OR NEW.not_before IS DISTINCT FROM OLD.not_before
    OR NEW.at IS DISTINCT FROM OLD.at OR NEW.size IS DISTINCT FROM OLD.size
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a produced file is not rewritten'); END;
DROP TRIGGER finding_fixed;
CREATE TRIGGER finding_fixed BEFORE UPDATE ON finding
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.round IS DISTINCT FROM OLD.round OR NEW.item IS DISTINCT FROM OLD.item
    OR NEW.rule IS DISTINCT FROM OLD.rule OR NEW.pack IS DISTINCT FROM OLD.pack OR NEW.verdict IS DISTINCT FROM OLD.verdict
    OR NEW.code IS DISTINCT FROM OLD.code OR NEW.verified IS DISTINCT FROM OLD.verified
    OR (NEW.why IS DISTINCT FROM OLD.why AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
  BEGIN SELECT RAISE(ABORT, 'a finding is not rewritten'); END;
