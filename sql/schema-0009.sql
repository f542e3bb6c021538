-- Fulfilment (SPEC.md 9): the data map, tickets and what came back for them, sealed deliveries, notices and
-- claims. Each part has its heading.

-- ---- Scope (SPEC.md 9.3): what each file that leaves was held against -----------------------------------
-- A person looked over a file that no machine can check, and said that it holds only what the item's decision
-- grants. Who collected it and seals it is another.
CREATE TABLE look_over (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL,
  item INTEGER NOT NULL,
  decision INTEGER NOT NULL REFERENCES decision (id),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32), -- of the file
  person INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order)
) STRICT;
CREATE INDEX look_over_by_item ON look_over (item, id);
CREATE INDEX look_over_by_order ON look_over (legal_order, id);

-- The check of a file, written before the file's own row, which cannot be without it. Counts only: what was held
-- back is not kept.
CREATE TABLE file_check (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL,
  production INTEGER NOT NULL,
  item INTEGER NOT NULL,
  checker TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format = 'unknown' OR format = 'csv' OR format = 'jsonl' OR format = 'mbox' OR
    format = 'eml' OR format = 'tar'),
  shape TEXT,                       -- a declared one's name
  came BLOB NOT NULL CHECK (length(came) = 32),     -- SHA-256 of the file as it was collected
  leaves BLOB NOT NULL CHECK (length(leaves) = 32), -- and of what is sealed
  records INTEGER NOT NULL CHECK (records >= 0),
  released INTEGER NOT NULL CHECK (released >= 0 AND released <= records),
  held TEXT NOT NULL,               -- counts by reason, JSON
  cut INTEGER NOT NULL CHECK (cut >= 0),
  masked INTEGER NOT NULL CHECK (masked >= 0),
  look_over INTEGER REFERENCES look_over (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (production, legal_order) REFERENCES production (id, legal_order),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order),
  CHECK ((format = 'unknown') = (look_over IS NOT NULL)),
  CHECK (format = 'unknown' OR released > 0)
) STRICT;
CREATE INDEX file_check_by_production ON file_check (production, id);
CREATE INDEX file_check_by_order ON file_check (legal_order, id);
CREATE INDEX file_check_by_look_over ON file_check (look_over);

CREATE TRIGGER look_over_step BEFORE UPDATE ON look_over
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'look_over changes only with a newer ledger entry'); END;
CREATE TRIGGER look_over_begin BEFORE INSERT ON look_over
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'look_over begins only with a new ledger entry'); END;
CREATE TRIGGER look_over_no_delete BEFORE DELETE ON look_over BEGIN SELECT RAISE(ABORT, 'look_over is never deleted'); END;
CREATE TRIGGER look_over_fixed BEFORE UPDATE ON look_over
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.item IS DISTINCT FROM OLD.item
    OR NEW.decision IS DISTINCT FROM OLD.decision OR NEW.person IS DISTINCT FROM OLD.person
    OR NEW.at IS DISTINCT FROM OLD.at OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'what was looked over is not rewritten'); END;

CREATE TRIGGER file_check_step BEFORE UPDATE ON file_check
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'file_check changes only with a newer ledger entry'); END;
CREATE TRIGGER file_check_begin BEFORE INSERT ON file_check
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'file_check begins only with a new ledger entry'); END;
CREATE TRIGGER file_check_no_delete BEFORE DELETE ON file_check BEGIN SELECT RAISE(ABORT, 'file_check is never deleted'); END;
CREATE TRIGGER file_check_fixed BEFORE UPDATE ON file_check
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.production IS DISTINCT FROM OLD.production
    OR NEW.item IS DISTINCT FROM OLD.item OR NEW.checker IS DISTINCT FROM OLD.checker
    OR NEW.format IS DISTINCT FROM OLD.format OR NEW.shape IS DISTINCT FROM OLD.shape
    OR NEW.records IS DISTINCT FROM OLD.records OR NEW.released IS DISTINCT FROM OLD.released
    OR NEW.held IS DISTINCT FROM OLD.held OR NEW.cut IS DISTINCT FROM OLD.cut
    OR NEW.masked IS DISTINCT FROM OLD.masked OR NEW.look_over IS DISTINCT FROM OLD.look_over
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'the check of a file is not rewritten'); END;
-- What no machine could check was looked over by another person, the very file, for the decision that grants it.
CREATE TRIGGER file_check_people BEFORE INSERT ON file_check
  WHEN NEW.look_over IS NOT NULL AND NOT EXISTS (SELECT 1 FROM look_over y JOIN item i ON i.id = y.item
    JOIN production p ON p.id = NEW.production
    WHERE y.id = NEW.look_over AND y.item = NEW.item AND y.decision = i.decision AND y.sha256 = NEW.came
      AND y.sha256 = NEW.leaves AND y.person <> p.maker)
  BEGIN SELECT RAISE(ABORT, 'a file that cannot be checked is looked over by another person'); END;
CREATE TRIGGER production_file_scope BEFORE INSERT ON production_file
  WHEN NOT EXISTS (SELECT 1 FROM file_check k WHERE k.production = NEW.production AND k.item = NEW.item
    AND k.leaves = NEW.sha256)
  BEGIN SELECT RAISE(ABORT, 'nothing leaves that was not held against its scope'); END;

-- A decision that grants data without other people's identifiers: they are masked before anything is sealed.
CREATE TABLE decision_mask (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  decision INTEGER NOT NULL UNIQUE REFERENCES decision (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX decision_mask_by_order ON decision_mask (legal_order, id);
CREATE TRIGGER decision_mask_step BEFORE UPDATE ON decision_mask
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'decision_mask changes only with a newer ledger entry'); END;
CREATE TRIGGER decision_mask_begin BEFORE INSERT ON decision_mask
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'decision_mask begins only with a new ledger entry'); END;
CREATE TRIGGER decision_mask_no_delete BEFORE DELETE ON decision_mask BEGIN SELECT RAISE(ABORT, 'decision_mask is never deleted'); END;
CREATE TRIGGER decision_mask_fixed BEFORE UPDATE ON decision_mask
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.decision IS DISTINCT FROM OLD.decision
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a decision is not rewritten'); END;
