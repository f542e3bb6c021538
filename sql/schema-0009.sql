-- Fulfilment (SPEC.md 9): the data map, tickets and what came back for them, sealed deliveries, notices and
-- claims. Each part has its heading.

-- ---- the data map and tickets (SPEC.md 9.1, 9.2) ---------------------------------------------------------------
-- A test of a service on its canary account: never changed. map_hash is of the entry of the data map that was tested.
CREATE TABLE service_test (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  map_hash BLOB NOT NULL CHECK (length(map_hash) = 32),
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES person (id),
  well INTEGER NOT NULL CHECK (well IN (0, 1)),
  why TEXT NOT NULL,                -- a word; empty when it went well
  files INTEGER NOT NULL CHECK (files >= 0),
  listing BLOB CHECK (listing IS NULL OR length(listing) = 32), -- SHA-256 of what sha256sum prints of the files
  rev INTEGER NOT NULL CHECK (rev = 1),
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((well = 1) = (why = ''))
) STRICT;
CREATE INDEX service_test_by_service ON service_test (service, id);
CREATE INDEX service_test_by_entry ON service_test (entry);
CREATE TRIGGER service_test_step BEFORE UPDATE ON service_test
  BEGIN SELECT RAISE(ABORT, 'service_test changes only with a newer ledger entry'); END;
CREATE TRIGGER service_test_begin BEFORE INSERT ON service_test
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'service_test begins only with a new ledger entry'); END;
CREATE TRIGGER service_test_no_delete BEFORE DELETE ON service_test
  BEGIN SELECT RAISE(ABORT, 'service_test is never deleted'); END;

-- An instruction to a collector: one item as it was decided. The body names the target, and is sealed; its hash, which
-- a random nonce of 128 bits keeps from being guessed, and the signature over that hash stay.
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  item INTEGER NOT NULL,
  decision INTEGER NOT NULL REFERENCES decision (id),
  service TEXT NOT NULL,
  map_hash BLOB NOT NULL CHECK (length(map_hash) = 32),
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  note TEXT NOT NULL,
  maker INTEGER NOT NULL REFERENCES person (id),
  made INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'running' OR state = 'done' OR state = 'failed' OR state = 'void'),
  runner INTEGER REFERENCES person (id),
  ran INTEGER,
  ended INTEGER,
  why TEXT NOT NULL,
  files INTEGER,
  listing BLOB CHECK (listing IS NULL OR length(listing) = 32),
  body_gone BLOB, body_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order),
  CHECK (expires > made)
) STRICT;
CREATE INDEX ticket_by_order ON ticket (legal_order, id);
CREATE INDEX ticket_by_state ON ticket (state, id);
CREATE INDEX ticket_by_entry ON ticket (entry);
CREATE TRIGGER ticket_step BEFORE UPDATE ON ticket
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'ticket changes only with a newer ledger entry'); END;
CREATE TRIGGER ticket_begin BEFORE INSERT ON ticket
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'ticket begins only with a new ledger entry'); END;
CREATE TRIGGER ticket_no_delete BEFORE DELETE ON ticket
  BEGIN SELECT RAISE(ABORT, 'ticket is never deleted'); END;
CREATE TRIGGER ticket_fixed BEFORE UPDATE ON ticket
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.legal_order IS DISTINCT FROM OLD.legal_order
    OR NEW.item IS DISTINCT FROM OLD.item OR NEW.decision IS DISTINCT FROM OLD.decision
    OR NEW.service IS DISTINCT FROM OLD.service OR NEW.map_hash IS DISTINCT FROM OLD.map_hash
    OR NEW.body_hash IS DISTINCT FROM OLD.body_hash OR NEW.note IS DISTINCT FROM OLD.note
    OR NEW.maker IS DISTINCT FROM OLD.maker OR NEW.made IS DISTINCT FROM OLD.made
    OR NEW.expires IS DISTINCT FROM OLD.expires
    OR (NEW.state <> OLD.state
      AND NOT (OLD.state = 'open' AND (NEW.state = 'running' OR NEW.state = 'void'))
      AND NOT (OLD.state = 'running' AND (NEW.state = 'done' OR NEW.state = 'failed')))
  BEGIN SELECT RAISE(ABORT, 'a ticket is used once and never rewritten'); END;
-- Only of what a decision grants that still holds, of an order that nothing stops.
CREATE TRIGGER ticket_gate BEFORE INSERT ON ticket
  WHEN NEW.state <> 'open'
    OR NOT EXISTS (SELECT 1 FROM decision d JOIN item i ON i.decision = d.id
      WHERE d.id = NEW.decision AND i.id = NEW.item AND d.live = 1 AND d.grants = 1 AND d.not_before <= NEW.made
        AND (i.state = 'produce' OR i.state = 'narrow' OR i.state = 'produced'))
    OR NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.hold IS NULL
      AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))
    OR EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
      WHERE o.id = NEW.legal_order AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no ticket for what is not granted'); END;
CREATE TRIGGER ticket_run_gate BEFORE UPDATE ON ticket
  WHEN OLD.state = 'open' AND NEW.state = 'running'
    AND (NEW.ran IS NULL OR NEW.ran >= NEW.expires OR NEW.runner IS NULL
      OR NOT EXISTS (SELECT 1 FROM decision d JOIN item i ON i.decision = d.id
        WHERE d.id = NEW.decision AND i.id = NEW.item AND d.live = 1 AND d.grants = 1)
      OR NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.hold IS NULL
        AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))
      OR EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
        WHERE o.id = NEW.legal_order AND a.cleared IS NULL))
  BEGIN SELECT RAISE(ABORT, 'a ticket that expired, or of what is no longer granted, is not used'); END;
