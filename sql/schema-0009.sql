-- Fulfilment (SPEC.md 9): the data map, tickets and what came back for them, sealed deliveries, notices and
-- claims. Each part has its heading.

-- ---------------------------------------------------------------- seals
-- Each seal that a production was put under: the first, and one more for each lost key or change of officer. The
-- manifest stays the same, and is kept, sealed, for the next one.
CREATE TABLE production_seal (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  number INTEGER NOT NULL CHECK (number > 0),
  at INTEGER NOT NULL,
  maker INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind = 'age' OR kind = 'openpgp' OR kind = 'cms'),
  blob_hash BLOB NOT NULL CHECK (length(blob_hash) = 32), -- SHA-256 of the sealed file
  size INTEGER NOT NULL,
  print_gone BLOB, print_ct BLOB,       -- the fingerprint of the key
  manifest_gone BLOB, manifest_ct BLOB, -- with the first seal
  reason_gone BLOB, reason_ct BLOB,     -- why there is another one
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (production, number)
) STRICT;

CREATE TRIGGER production_seal_step BEFORE UPDATE ON production_seal
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_seal changes only with a newer ledger entry'); END;
CREATE TRIGGER production_seal_begin BEFORE INSERT ON production_seal
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_seal begins only with a new ledger entry'); END;
CREATE TRIGGER production_seal_no_delete BEFORE DELETE ON production_seal BEGIN SELECT RAISE(ABORT, 'production_seal is never deleted'); END;
CREATE TRIGGER production_seal_fixed BEFORE UPDATE ON production_seal
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.at IS DISTINCT FROM OLD.at OR NEW.maker IS DISTINCT FROM OLD.maker OR NEW.kind IS DISTINCT FROM OLD.kind
    OR NEW.blob_hash IS DISTINCT FROM OLD.blob_hash OR NEW.size IS DISTINCT FROM OLD.size
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a seal is not rewritten'); END;
-- What stops a production stops a new seal of it.
CREATE TRIGGER production_seal_gate BEFORE INSERT ON production_seal
  WHEN NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
    WHERE p.id = NEW.production AND p.state <> 'recalled' AND o.hold IS NULL)
    OR EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN alert a ON a.matter = o.matter WHERE p.id = NEW.production AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no seal of a production that is stopped or recalled'); END;

-- Time stamps (RFC 3161) over manifests: no evidence of ours, a stamp proves itself. One that did not come yet has no
-- token. It goes with the case when that is erased.
CREATE TABLE production_stamp (
  production INTEGER PRIMARY KEY REFERENCES production (id),
  made INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  token BLOB,                       -- TimeStampResp, DER
  at INTEGER                        -- what it says
) STRICT;
CREATE INDEX production_stamp_due ON production_stamp (due) WHERE token IS NULL;
