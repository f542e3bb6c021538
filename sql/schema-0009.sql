-- Fulfilment (SPEC.md 9): the data map, tickets and what came back for them, sealed deliveries, notices and
-- claims. Each part has its heading.

-- ---------------------------------------------------------------- bars and notices to users (SPEC.md 9.8)
-- On what a bar rests, and the day on which a person looks at it again. The bar itself stands in `secrecy`.
CREATE TABLE secrecy_source (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  secrecy INTEGER NOT NULL UNIQUE REFERENCES secrecy (id),
  source TEXT NOT NULL CHECK (source = 'statute' OR source = 'order' OR source = 'request'),
  review INTEGER,                   -- day; NULL: none
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX secrecy_source_by_order ON secrecy_source (legal_order);

-- What the user of one account is told of one order. text: whom, subject, words; said: the objection and its
-- answer, or why there is no notice.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  target INTEGER NOT NULL REFERENCES target (id),
  state TEXT NOT NULL CHECK (state IN ('due', 'drafted', 'approved', 'sent', 'objected', 'withdrawn', 'barred', 'not_needed')),
  holds INTEGER NOT NULL CHECK (holds = 0 OR holds = 1), -- no production before it has been sent and waited for
  at INTEGER NOT NULL,
  author INTEGER REFERENCES person (id),   -- NULL: the program
  approver INTEGER REFERENCES person (id),
  sender INTEGER REFERENCES person (id),
  sent INTEGER,                     -- instant at which it was given to the mail, or handed over
  sent_day INTEGER,                 -- the same as a day of the house
  way TEXT NOT NULL CHECK (way = '' OR way = 'mail' OR way = 'hand'),
  letter TEXT,                      -- of the mail: outgoing.ref, which is in its Message-ID
  posted INTEGER,                   -- instant at which the mail server had taken it
  not_before INTEGER,               -- first instant of a production
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  text_gone BLOB, text_ct BLOB,
  said_gone BLOB, said_ct BLOB,
  UNIQUE (legal_order, target),
  CHECK ((state IN ('sent', 'objected')) <= (approver IS NOT NULL AND sender IS NOT NULL AND sent IS NOT NULL)),
  CHECK ((sent IS NULL) = (sent_day IS NULL) AND (sent IS NULL) = (way = '') AND (sent IS NULL) = (sender IS NULL)),
  CHECK (sent IS NULL OR (sent >= sent_day * 86400 - 86400 AND sent < sent_day * 86400 + 172800)),
  CHECK ((way = 'mail') = (letter IS NOT NULL) AND (posted IS NULL OR posted >= sent)),
  CHECK ((posted IS NULL) = (not_before IS NULL) AND (posted IS NULL OR not_before >= posted))
) STRICT;
CREATE INDEX notice_by_target ON notice (target);
CREATE INDEX notice_by_state ON notice (state, posted);
CREATE INDEX notice_by_letter ON notice (letter);

CREATE TRIGGER secrecy_source_step BEFORE UPDATE ON secrecy_source
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'secrecy_source changes only with a newer ledger entry'); END;
CREATE TRIGGER secrecy_source_begin BEFORE INSERT ON secrecy_source
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR (SELECT s.legal_order FROM secrecy s WHERE s.id = NEW.secrecy) IS DISTINCT FROM NEW.legal_order
  BEGIN SELECT RAISE(ABORT, 'secrecy_source begins only with a new ledger entry'); END;
CREATE TRIGGER secrecy_source_no_delete BEFORE DELETE ON secrecy_source BEGIN SELECT RAISE(ABORT, 'secrecy_source is never deleted'); END;
CREATE TRIGGER notice_step BEFORE UPDATE ON notice
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'notice changes only with a newer ledger entry'); END;
CREATE TRIGGER notice_begin BEFORE INSERT ON notice
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'notice begins only with a new ledger entry'); END;
CREATE TRIGGER notice_first BEFORE INSERT ON notice
  WHEN NEW.state NOT IN ('due', 'drafted', 'barred', 'not_needed') OR NEW.sent IS NOT NULL OR NEW.approver IS NOT NULL
    OR (SELECT t.matter FROM target t WHERE t.id = NEW.target)
      IS DISTINCT FROM (SELECT o.matter FROM legal_order o WHERE o.id = NEW.legal_order)
  BEGIN SELECT RAISE(ABORT, 'a notice begins as a draft to an account of its case'); END;
CREATE TRIGGER notice_no_delete BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'notice is never deleted'); END;
-- A notice that has left, or was given to the mail, stays as it was; one whose mail never left goes back.
CREATE TRIGGER notice_fixed BEFORE UPDATE ON notice
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.target IS DISTINCT FROM OLD.target OR NEW.at IS DISTINCT FROM OLD.at
    OR (OLD.posted IS NOT NULL AND (NEW.sent IS DISTINCT FROM OLD.sent OR NEW.sent_day IS DISTINCT FROM OLD.sent_day
      OR NEW.way IS DISTINCT FROM OLD.way OR NEW.letter IS DISTINCT FROM OLD.letter OR NEW.posted IS DISTINCT FROM OLD.posted
      OR NEW.not_before IS DISTINCT FROM OLD.not_before OR NEW.approver IS DISTINCT FROM OLD.approver
      OR NEW.sender IS DISTINCT FROM OLD.sender
      OR (NEW.text_ct IS NOT NULL AND NEW.text_ct IS DISTINCT FROM OLD.text_ct)))
    OR (NEW.posted IS NOT NULL AND OLD.sent IS NULL AND NEW.way = 'mail')
  BEGIN SELECT RAISE(ABORT, 'a notice that was sent is not rewritten'); END;
CREATE TRIGGER notice_moves BEFORE UPDATE ON notice
  WHEN NEW.state IS DISTINCT FROM OLD.state AND NOT (
    (OLD.state IN ('due', 'barred') AND NEW.state IN ('due', 'drafted', 'barred', 'not_needed', 'withdrawn'))
    OR (OLD.state = 'drafted' AND NEW.state IN ('approved', 'barred', 'not_needed', 'withdrawn'))
    OR (OLD.state = 'approved' AND NEW.state IN ('sent', 'drafted', 'barred', 'not_needed', 'withdrawn'))
    OR (OLD.state = 'sent' AND NEW.state IN ('objected', 'withdrawn'))
    OR (OLD.state = 'sent' AND OLD.posted IS NULL AND NEW.state IN ('approved', 'barred'))
    OR (OLD.state = 'objected' AND NEW.state IN ('sent', 'withdrawn'))
    OR (OLD.state = 'not_needed' AND NEW.state IN ('drafted', 'barred')))
  BEGIN SELECT RAISE(ABORT, 'a notice does not move so'); END;
-- Nobody is told while any order that names the same account, or is of the same case, bars it.
CREATE TRIGGER notice_barred BEFORE UPDATE ON notice
  WHEN NEW.sent IS NOT NULL AND OLD.sent IS NULL AND EXISTS (SELECT 1 FROM target a JOIN target b ON b.value_key = a.value_key
    JOIN legal_order o ON o.matter = b.matter JOIN secrecy s ON s.legal_order = o.id
    WHERE a.id = NEW.target AND s.bars <> 'public' AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= NEW.sent_day))
  BEGIN SELECT RAISE(ABORT, 'no notice goes out while a bar holds'); END;
-- What is told first waits: nothing joins a production before.
CREATE TRIGGER production_file_notice BEFORE INSERT ON production_file
  WHEN EXISTS (SELECT 1 FROM notice n JOIN item i ON i.target = n.target
    WHERE i.id = NEW.item AND n.legal_order = NEW.legal_order AND n.holds = 1
      AND (n.state IN ('due', 'drafted', 'approved', 'objected')
        OR (n.state = 'sent' AND (n.not_before IS NULL
          OR n.not_before > (SELECT p.at FROM production p WHERE p.id = NEW.production)))))
  BEGIN SELECT RAISE(ABORT, 'no production before the notice has been waited for'); END;
