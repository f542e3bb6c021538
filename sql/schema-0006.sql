-- The European Union's template for orders from Member States' authorities (SPEC.md 5.9): what an order has
-- beside its facts, and what a publisher enters by hand for a period. Rows are added and never rewritten: the
-- newest counts, and an edition sees those of its day.

-- The kind of illegal content that the authority's provision is about, and when the authority was told that the
-- order arrived. When it arrived is the order's own; when it was given effect is the delivery's.
CREATE TABLE order_dsa (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  category TEXT NOT NULL,           -- a code of law/dsa-template.yaml
  keyword TEXT NOT NULL,            -- sub-category; '' for none
  own TEXT NOT NULL,                -- text of the sub-category "Other"; '' for none
  told TEXT NOT NULL CHECK (told = 'unknown' OR told = 'entered' OR told = 'receipt'),
  informed INTEGER,                 -- instant, as entered; told by the receipt: that of its recording
  automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (category <> ''),
  CHECK (own = '' OR keyword = 'KEYWORD_OTHER'),
  CHECK ((told = 'entered') = (informed IS NOT NULL)),
  CHECK (told <> 'unknown' OR automatic = 0)
) STRICT;
CREATE INDEX order_dsa_by_order ON order_dsa (legal_order);

CREATE TRIGGER order_dsa_step BEFORE UPDATE ON order_dsa
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_dsa changes only with a newer ledger entry'); END;
CREATE TRIGGER order_dsa_begin BEFORE INSERT ON order_dsa
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'order_dsa begins only with a new ledger entry'); END;
CREATE TRIGGER order_dsa_no_delete BEFORE DELETE ON order_dsa BEGIN SELECT RAISE(ABORT, 'order_dsa is never deleted'); END;
-- But for an erasure, under whose entry all rows of a case go on.
CREATE TRIGGER order_dsa_fixed BEFORE UPDATE ON order_dsa
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.category IS DISTINCT FROM OLD.category
    OR NEW.keyword IS DISTINCT FROM OLD.keyword OR NEW.own IS DISTINCT FROM OLD.own
    OR NEW.told IS DISTINCT FROM OLD.told OR NEW.informed IS DISTINCT FROM OLD.informed
    OR NEW.automatic IS DISTINCT FROM OLD.automatic OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.author IS DISTINCT FROM OLD.author
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a category is not rewritten'); END;
-- Nothing of national security, whoever enters it (roles: 7 is intake, reviewer or counsel).
CREATE TRIGGER order_dsa_open BEFORE INSERT ON order_dsa
  WHEN NOT EXISTS (SELECT 1 FROM legal_order o JOIN matter m ON m.id = o.matter
    JOIN demand d ON d.id = coalesce(o.demand, m.demand)
    WHERE o.id = NEW.legal_order AND o.class <> 'national_security' AND o.basis <> 'sealed'
      AND m.compartment = 0 AND d.compartment = 0 AND m.erased IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no category for an order that is sealed or erased'); END;
CREATE TRIGGER order_dsa_author BEFORE INSERT ON order_dsa
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.author AND p.active = 1 AND (p.roles & 7) <> 0)
  BEGIN SELECT RAISE(ABORT, 'intake, a reviewer or counsel enters a category'); END;
CREATE TRIGGER order_dsa_informed BEFORE INSERT ON order_dsa
  WHEN NEW.informed IS NOT NULL
    AND (NEW.informed > NEW.at OR NEW.informed < (SELECT o.received FROM legal_order o WHERE o.id = NEW.legal_order))
  BEGIN SELECT RAISE(ABORT, 'nobody is told of an order before it arrived, or in time to come'); END;

-- What is not in the cases: figures on orders to act against illegal content, and texts of context.
CREATE TABLE dsa_given (
  id INTEGER PRIMARY KEY,
  day_from INTEGER NOT NULL,
  day_to INTEGER NOT NULL,
  scope TEXT NOT NULL,              -- ISO code of a Member State, or TOTAL
  category TEXT NOT NULL,           -- a code, or TOTAL
  keyword TEXT NOT NULL,
  own TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form = 'figure' OR form = 'text'),
  cell TEXT NOT NULL CHECK (cell = 'act' OR cell = 'items' OR cell = 'act_receipt' OR cell = 'act_effect' OR
    cell = 'info' OR cell = 'info_receipt' OR cell = 'info_effect'),
  value INTEGER CHECK (value >= 0), -- a number, or hundredths of an hour; NULL: what stood there is taken back
  text TEXT NOT NULL,               -- of context; '' takes back
  source TEXT NOT NULL,             -- of a figure: where it was taken from
  publisher INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (day_from <= day_to),
  CHECK (own = '' OR keyword = 'KEYWORD_OTHER'),
  CHECK (keyword = '' OR category <> 'TOTAL'),
  CHECK (form = 'text' OR (text = '' AND source <> '' AND cell <> 'info' AND cell <> 'info_receipt' AND
    cell <> 'info_effect')),
  CHECK (form = 'figure' OR (value IS NULL AND source = ''))
) STRICT;
CREATE INDEX dsa_given_by_period ON dsa_given (day_from, day_to);

CREATE TRIGGER dsa_given_no_update BEFORE UPDATE ON dsa_given BEGIN SELECT RAISE(ABORT, 'dsa_given is append-only'); END;
CREATE TRIGGER dsa_given_begin BEFORE INSERT ON dsa_given
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'dsa_given begins only with a new ledger entry'); END;
CREATE TRIGGER dsa_given_no_delete BEFORE DELETE ON dsa_given BEGIN SELECT RAISE(ABORT, 'dsa_given is never deleted'); END;
CREATE TRIGGER dsa_given_publisher BEFORE INSERT ON dsa_given
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.publisher AND p.active = 1 AND (p.roles & 32) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a publisher enters what is published'); END;
