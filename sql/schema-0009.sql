-- Fulfilment (SPEC.md 9): the data map, tickets and what came back for them, sealed deliveries, notices and
-- claims. Each part has its heading.

-- ---------------------------------------------------------------- costs
-- Claims for what an answer cost (SPEC.md 9, "Costs"; desk/claim.h). Amounts are in minor units of the currency, days are
-- civil days. Two bars stand in the schema too: nothing is ever claimed in a case with an emergency, nor in one about
-- child abuse. What was opened before that was known can only be waived.
CREATE TABLE claim_bar (
  id INTEGER PRIMARY KEY,
  matter INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL CHECK (kind = 'emergency' OR kind = 'child_abuse'),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL,          -- person; 0 for the program
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (matter, kind)
) STRICT;
CREATE INDEX claim_bar_by_entry ON claim_bar (entry);

CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  matter INTEGER NOT NULL REFERENCES matter (id),
  compartment INTEGER NOT NULL CHECK (compartment = 0 OR compartment = 1),
  country TEXT NOT NULL,            -- of the authority
  fees TEXT NOT NULL,               -- id of the table (law/fees.yaml)
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'sent' OR state = 'paid' OR state = 'refused' OR
    state = 'lapsed' OR state = 'waived'),
  emergency INTEGER NOT NULL CHECK (emergency = 0),
  child_abuse INTEGER NOT NULL CHECK (child_abuse = 0),
  central INTEGER NOT NULL CHECK (central = 0 OR central = 1),   -- a central contact point asks
  measure_end INTEGER NOT NULL,     -- last day of the measure
  claim_by INTEGER,                 -- last day of the claim
  limit_day INTEGER,                -- last day before limitation
  capped INTEGER NOT NULL CHECK (capped = 0 OR capped = 1),      -- never above recorded cost
  cost INTEGER,                     -- recorded
  total INTEGER NOT NULL,           -- of the lines
  asked INTEGER NOT NULL,           -- what is claimed of it
  paid INTEGER NOT NULL,
  opened INTEGER NOT NULL,          -- instant
  author INTEGER NOT NULL REFERENCES person (id),
  sent_day INTEGER,
  sender INTEGER REFERENCES person (id),
  late INTEGER NOT NULL CHECK (late = 0 OR late = 1),            -- after its last day, with a reason
  ended_day INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB, -- of a table that was chosen, of lateness, of an end
  buyer_gone BLOB, buyer_ct BLOB,   -- to whom it goes
  CHECK (asked >= 0 AND asked <= total AND paid >= 0 AND paid <= asked),
  CHECK (capped = 0 OR asked <= coalesce(cost, 0)),
  CHECK ((sent_day IS NULL) = (sender IS NULL)),
  CHECK (state = 'open' OR state = 'lapsed' OR state = 'waived' OR sent_day IS NOT NULL),
  CHECK (state <> 'paid' OR paid > 0),
  CHECK ((ended_day IS NULL) = (state = 'open' OR state = 'sent')),
  CHECK (late = 1 OR sent_day IS NULL OR claim_by IS NULL OR sent_day <= claim_by)
) STRICT;
CREATE INDEX claim_by_entry ON claim (entry);
CREATE INDEX claim_by_order ON claim (legal_order);
CREATE INDEX claim_by_matter ON claim (matter);
CREATE INDEX claim_by_state ON claim (state, opened, id);
CREATE INDEX claim_by_sent ON claim (sent_day, country);

CREATE TABLE claim_line (
  id INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claim (id),
  number INTEGER NOT NULL,
  fee TEXT NOT NULL,                -- number of the row in the table
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  rate INTEGER NOT NULL CHECK (rate >= 0),                       -- recorded, where the row asks for it
  blocks INTEGER NOT NULL CHECK (blocks >= 0),
  unit INTEGER NOT NULL CHECK (unit >= 0),                       -- amount of a block
  parts INTEGER NOT NULL CHECK (parts = 1 OR parts = 2),
  percent INTEGER NOT NULL CHECK (percent >= 1 AND percent <= 100),
  total INTEGER NOT NULL CHECK (total >= 0),
  proposed INTEGER,                 -- quantity the program found; NULL: a person's line
  state TEXT NOT NULL CHECK (state = 'proposed' OR state = 'confirmed' OR state = 'struck'),
  author INTEGER NOT NULL REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB,
  UNIQUE (claim, number),
  CHECK (total * 100 * parts <= blocks * unit * percent)
) STRICT;
CREATE INDEX claim_line_by_entry ON claim_line (entry);
CREATE TRIGGER claim_bar_step BEFORE UPDATE ON claim_bar
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim_bar changes only with a newer ledger entry'); END;
CREATE TRIGGER claim_bar_begin BEFORE INSERT ON claim_bar
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim_bar begins only with a new ledger entry'); END;
CREATE TRIGGER claim_bar_no_delete BEFORE DELETE ON claim_bar BEGIN SELECT RAISE(ABORT, 'claim_bar is never deleted'); END;
CREATE TRIGGER claim_step BEFORE UPDATE ON claim
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim changes only with a newer ledger entry'); END;
CREATE TRIGGER claim_begin BEFORE INSERT ON claim
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim begins only with a new ledger entry'); END;
CREATE TRIGGER claim_no_delete BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'claim is never deleted'); END;
CREATE TRIGGER claim_line_step BEFORE UPDATE ON claim_line
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim_line changes only with a newer ledger entry'); END;
CREATE TRIGGER claim_line_begin BEFORE INSERT ON claim_line
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'claim_line begins only with a new ledger entry'); END;
CREATE TRIGGER claim_line_no_delete BEFORE DELETE ON claim_line BEGIN SELECT RAISE(ABORT, 'claim_line is never deleted'); END;
-- A bar stays.
CREATE TRIGGER claim_bar_fixed BEFORE UPDATE ON claim_bar
  WHEN NEW.matter IS DISTINCT FROM OLD.matter OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.author IS DISTINCT FROM OLD.author OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a bar on claims stays'); END;
-- No claim where a bar is, whatever the program says; what is open then is waived, and nothing else.
CREATE TRIGGER claim_barred BEFORE INSERT ON claim
  WHEN (EXISTS (SELECT 1 FROM claim_bar b WHERE b.matter = NEW.matter)
      OR EXISTS (SELECT 1 FROM legal_order o WHERE o.matter = NEW.matter AND (o.emergency = 1 OR o.class = 'emergency'
        OR o.instrument = 'US-PRTT-EMERG' OR o.instrument = 'US-NCMEC')))
  BEGIN SELECT RAISE(ABORT, 'nothing is claimed in an emergency or a case about child abuse'); END;
CREATE TRIGGER claim_barred_later BEFORE UPDATE ON claim
  WHEN NEW.state <> 'waived' AND NOT (NEW.state = OLD.state AND EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)) AND (EXISTS (SELECT 1 FROM claim_bar b WHERE b.matter = NEW.matter)
      OR EXISTS (SELECT 1 FROM legal_order o WHERE o.matter = NEW.matter AND (o.emergency = 1 OR o.class = 'emergency'
        OR o.instrument = 'US-PRTT-EMERG' OR o.instrument = 'US-NCMEC')))
  BEGIN SELECT RAISE(ABORT, 'nothing is claimed in an emergency or a case about child abuse: waive it'); END;
CREATE TRIGGER claim_line_barred BEFORE INSERT ON claim_line
  WHEN EXISTS (SELECT 1 FROM claim k WHERE k.id = NEW.claim AND (EXISTS (SELECT 1 FROM claim_bar b WHERE b.matter = k.matter)
      OR EXISTS (SELECT 1 FROM legal_order o WHERE o.matter = k.matter AND (o.emergency = 1 OR o.class = 'emergency'
        OR o.instrument = 'US-PRTT-EMERG' OR o.instrument = 'US-NCMEC'))))
  BEGIN SELECT RAISE(ABORT, 'nothing is claimed in an emergency or a case about child abuse'); END;
CREATE TRIGGER claim_line_barred_later BEFORE UPDATE ON claim_line
  WHEN NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry) AND EXISTS (SELECT 1 FROM claim k WHERE k.id = NEW.claim AND (EXISTS (SELECT 1 FROM claim_bar b WHERE b.matter = k.matter)
      OR EXISTS (SELECT 1 FROM legal_order o WHERE o.matter = k.matter AND (o.emergency = 1 OR o.class = 'emergency'
        OR o.instrument = 'US-PRTT-EMERG' OR o.instrument = 'US-NCMEC'))))
  BEGIN SELECT RAISE(ABORT, 'nothing is claimed in an emergency or a case about child abuse'); END;
-- A claim is of one order of its case, and an order has one claim that is not at its end.
CREATE TRIGGER claim_of_order BEFORE INSERT ON claim
  WHEN NEW.state <> 'open' OR NEW.sent_day IS NOT NULL OR NEW.paid <> 0
    OR NOT EXISTS (SELECT 1 FROM legal_order o JOIN matter m ON m.id = o.matter
      WHERE o.id = NEW.legal_order AND m.id = NEW.matter AND m.compartment = NEW.compartment)
    OR EXISTS (SELECT 1 FROM claim k WHERE k.legal_order = NEW.legal_order
      AND (k.state = 'open' OR k.state = 'sent' OR k.state = 'paid'))
  BEGIN SELECT RAISE(ABORT, 'a claim begins open, of an order that has no other'); END;
CREATE TRIGGER claim_fixed BEFORE UPDATE ON claim
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.legal_order IS DISTINCT FROM OLD.legal_order
    OR NEW.matter IS DISTINCT FROM OLD.matter OR NEW.compartment IS DISTINCT FROM OLD.compartment
    OR NEW.country IS DISTINCT FROM OLD.country OR NEW.fees IS DISTINCT FROM OLD.fees
    OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.measure_end IS DISTINCT FROM OLD.measure_end
    OR NEW.claim_by IS DISTINCT FROM OLD.claim_by OR NEW.limit_day IS DISTINCT FROM OLD.limit_day
    OR NEW.central IS DISTINCT FROM OLD.central OR NEW.capped IS DISTINCT FROM OLD.capped
    OR NEW.opened IS DISTINCT FROM OLD.opened OR NEW.author IS DISTINCT FROM OLD.author
    OR (OLD.state <> 'open' AND (NEW.cost IS DISTINCT FROM OLD.cost OR NEW.total IS DISTINCT FROM OLD.total
      OR NEW.asked IS DISTINCT FROM OLD.asked OR NEW.sent_day IS DISTINCT FROM OLD.sent_day
      OR NEW.sender IS DISTINCT FROM OLD.sender OR NEW.late IS DISTINCT FROM OLD.late))
    OR (NEW.state <> OLD.state AND NOT (
      (OLD.state = 'open' AND (NEW.state = 'sent' OR NEW.state = 'lapsed' OR NEW.state = 'waived'))
      OR (OLD.state = 'sent' AND (NEW.state = 'paid' OR NEW.state = 'refused' OR NEW.state = 'lapsed'
        OR NEW.state = 'waived'))
      OR ((OLD.state = 'paid' OR OLD.state = 'refused') AND (NEW.state = 'waived' OR NEW.state = 'paid'))))
    OR ((OLD.state = 'lapsed' OR OLD.state = 'waived') AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
  BEGIN SELECT RAISE(ABORT, 'what was claimed is not rewritten'); END;
-- It leaves with every line confirmed or struck, and with their sum.
CREATE TRIGGER claim_sent BEFORE UPDATE ON claim
  WHEN OLD.state = 'open' AND NEW.state = 'sent' AND (NEW.asked < 1
    OR EXISTS (SELECT 1 FROM claim_line l WHERE l.claim = NEW.id AND l.state = 'proposed')
    OR NEW.total <> (SELECT coalesce(sum(l.total), 0) FROM claim_line l WHERE l.claim = NEW.id AND l.state = 'confirmed'))
  BEGIN SELECT RAISE(ABORT, 'a claim is sent with its confirmed lines'); END;
CREATE TRIGGER claim_line_open BEFORE INSERT ON claim_line
  WHEN NOT EXISTS (SELECT 1 FROM claim k WHERE k.id = NEW.claim AND k.state = 'open')
  BEGIN SELECT RAISE(ABORT, 'lines are those of an open claim'); END;
CREATE TRIGGER claim_line_fixed BEFORE UPDATE ON claim_line
  WHEN NEW.claim IS DISTINCT FROM OLD.claim OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.fee IS DISTINCT FROM OLD.fee OR NEW.proposed IS DISTINCT FROM OLD.proposed
    OR (NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry) AND NOT EXISTS (SELECT 1 FROM claim k WHERE k.id = NEW.claim AND k.state = 'open'))
  BEGIN SELECT RAISE(ABORT, 'what was claimed is not rewritten'); END;
