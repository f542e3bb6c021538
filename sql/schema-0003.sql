-- Epochs of the log (SPEC.md 2.12): a log whose signer is lost, or knows more than the database does, goes
-- on under a name and keys of its own. The first epoch, the log as it was made, has no row.
CREATE TABLE epoch (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 1),
  origin TEXT NOT NULL UNIQUE,
  log_key TEXT NOT NULL,            -- verifier keys, as text
  receipt_key TEXT NOT NULL,
  began INTEGER NOT NULL CHECK (began >= 0),  -- places that there were before it
  old_log_key TEXT NOT NULL,        -- of the epoch before
  old_receipt_key TEXT NOT NULL,
  old_size INTEGER NOT NULL CHECK (old_size >= 0),  -- the last tree it is known to have signed; 0: none
  old_root BLOB NOT NULL CHECK (length(old_root) = 32),
  old_note TEXT,                    -- its checkpoint, where that is kept
  why TEXT NOT NULL CHECK (why = 'behind' OR why = 'lost' OR why = 'hand'),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX epoch_by_entry ON epoch (entry);
CREATE TRIGGER epoch_no_update BEFORE UPDATE ON epoch BEGIN SELECT RAISE(ABORT, 'epoch is append-only'); END;
CREATE TRIGGER epoch_begin BEFORE INSERT ON epoch
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'epoch begins only with a new ledger entry'); END;
CREATE TRIGGER epoch_no_delete BEFORE DELETE ON epoch BEGIN SELECT RAISE(ABORT, 'epoch is never deleted'); END;
