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
  decision INTEGER REFERENCES decision (id), -- NULL: what is kept for a preservation was not decided yet
  purpose TEXT NOT NULL CHECK (purpose = 'collect' OR purpose = 'preserve'),
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
  token INTEGER,                    -- service_token.id of a system of the provider that used it, NULL: a person
  snapshot INTEGER,                 -- snapshot.id that answered it, NULL: the service itself
  body_gone BLOB, body_ct BLOB,
  said_gone BLOB, said_ct BLOB,     -- how a person collected it
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order),
  CHECK (expires > made),
  CHECK ((purpose = 'collect') = (decision IS NOT NULL))
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
    OR NEW.purpose IS DISTINCT FROM OLD.purpose
    OR (OLD.state <> 'open' AND (NEW.token IS DISTINCT FROM OLD.token OR NEW.snapshot IS DISTINCT FROM OLD.snapshot))
    OR NEW.service IS DISTINCT FROM OLD.service OR NEW.map_hash IS DISTINCT FROM OLD.map_hash
    OR NEW.body_hash IS DISTINCT FROM OLD.body_hash OR NEW.note IS DISTINCT FROM OLD.note
    OR NEW.maker IS DISTINCT FROM OLD.maker OR NEW.made IS DISTINCT FROM OLD.made
    OR NEW.expires IS DISTINCT FROM OLD.expires
    OR (NEW.state <> OLD.state
      AND NOT (OLD.state = 'open' AND (NEW.state = 'running' OR NEW.state = 'void'))
      AND NOT (OLD.state = 'running' AND (NEW.state = 'done' OR NEW.state = 'failed')))
  BEGIN SELECT RAISE(ABORT, 'a ticket is used once and never rewritten'); END;
-- Only of what a decision grants that still holds, of an order that nothing stops; or of what a preservation in force
-- names.
CREATE TRIGGER ticket_gate BEFORE INSERT ON ticket
  WHEN NEW.state <> 'open'
    OR (NEW.purpose = 'collect' AND (NOT EXISTS (SELECT 1 FROM decision d JOIN item i ON i.decision = d.id
      WHERE d.id = NEW.decision AND i.id = NEW.item AND d.live = 1 AND d.grants = 1 AND d.not_before <= NEW.made
        AND (i.state = 'produce' OR i.state = 'narrow' OR i.state = 'produced'))
    OR NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.hold IS NULL
      AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))))
    OR (NEW.purpose = 'preserve' AND NOT EXISTS (SELECT 1 FROM preservation v
      WHERE v.legal_order = NEW.legal_order AND v.state = 'running'))
    OR EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
      WHERE o.id = NEW.legal_order AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no ticket for what is not granted'); END;
CREATE TRIGGER ticket_run_gate BEFORE UPDATE ON ticket
  WHEN OLD.state = 'open' AND NEW.state = 'running'
    AND (NEW.ran IS NULL OR NEW.ran >= NEW.expires OR NEW.runner IS NULL
      OR (NEW.purpose = 'collect' AND (NOT EXISTS (SELECT 1 FROM decision d JOIN item i ON i.decision = d.id
        WHERE d.id = NEW.decision AND i.id = NEW.item AND d.live = 1 AND d.grants = 1)
      OR NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.hold IS NULL
        AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))))
      OR (NEW.purpose = 'preserve' AND NOT EXISTS (SELECT 1 FROM preservation v
        WHERE v.legal_order = NEW.legal_order AND v.state = 'running'))
      OR EXISTS (SELECT 1 FROM legal_order o JOIN alert a ON a.matter = o.matter
        WHERE o.id = NEW.legal_order AND a.cleared IS NULL))
  BEGIN SELECT RAISE(ABORT, 'a ticket that expired, or of what is no longer granted, is not used'); END;

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
CREATE INDEX notice_by_state ON notice (state, id);
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

-- ---------------------------------------------------------------- challenges, holds, requests of data subjects
-- What a challenge is before a court or body (SPEC.md 9.11). The challenge itself stands in `challenge`, which knows
-- upheld (also narrowed), dismissed and withdrawn (also moot). court: body, file number, on what a day to answer rests.
CREATE TABLE contest (
  id INTEGER PRIMARY KEY,
  challenge INTEGER NOT NULL UNIQUE REFERENCES challenge (id),
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  kind TEXT NOT NULL CHECK (kind = 'quash' OR kind = 'modify' OR kind = 'objection' OR kind = 'petition' OR kind = 'appeal'),
  party TEXT NOT NULL CHECK (party = 'provider' OR party = 'user' OR party = 'authority'),
  filed INTEGER NOT NULL,           -- day
  answer_by INTEGER,                -- day by which something is due there
  follows INTEGER REFERENCES challenge (id),    -- what an appeal is about
  secrecy INTEGER REFERENCES secrecy (id),      -- the bar that it is against
  permission INTEGER REFERENCES permission (id), -- what counsel recorded once it was upheld
  in_public INTEGER NOT NULL CHECK (in_public = 0 OR in_public = 1), -- the court's file may be spoken of
  outcome TEXT CHECK (outcome = 'upheld' OR outcome = 'narrowed' OR outcome = 'dismissed' OR outcome = 'withdrawn' OR
    outcome = 'moot'),
  decided INTEGER,                  -- day
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  court_gone BLOB, court_ct BLOB,
  ruling_gone BLOB, ruling_ct BLOB,
  CHECK ((outcome IS NULL) = (decided IS NULL)),
  CHECK (kind <> 'appeal' OR follows IS NOT NULL)
) STRICT;
CREATE INDEX contest_by_order ON contest (legal_order);
CREATE INDEX contest_open ON contest (filed, id) WHERE outcome IS NULL;

-- Dates before a court: one that moves ends, and the next stands beside it.
CREATE TABLE hearing (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  challenge INTEGER NOT NULL REFERENCES challenge (id),
  number INTEGER NOT NULL CHECK (number > 0),
  day INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'set' OR state = 'moved' OR state = 'held' OR state = 'dropped'),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  note_gone BLOB, note_ct BLOB,
  UNIQUE (challenge, number)
) STRICT;
CREATE INDEX hearing_by_order ON hearing (legal_order);

-- What a court left of an order: for each item whether it may be produced at all, and of which days.
CREATE TABLE contest_bound (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL,
  challenge INTEGER NOT NULL REFERENCES challenge (id),
  item INTEGER NOT NULL,
  allowed INTEGER NOT NULL CHECK (allowed = 0 OR allowed = 1),
  day_from INTEGER,
  day_to INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (challenge, item),
  FOREIGN KEY (item, legal_order) REFERENCES item (id, legal_order),
  CHECK (allowed = 1 OR (day_from IS NULL AND day_to IS NULL)),
  CHECK (day_from IS NULL OR day_to IS NULL OR day_from <= day_to)
) STRICT;
CREATE INDEX contest_bound_by_item ON contest_bound (item);
CREATE INDEX contest_bound_by_order ON contest_bound (legal_order);

CREATE TRIGGER contest_step BEFORE UPDATE ON contest
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'contest changes only with a newer ledger entry'); END;
CREATE TRIGGER contest_begin BEFORE INSERT ON contest
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'contest begins only with a new ledger entry'); END;
CREATE TRIGGER contest_no_delete BEFORE DELETE ON contest BEGIN SELECT RAISE(ABORT, 'contest is never deleted'); END;
CREATE TRIGGER contest_fixed BEFORE UPDATE ON contest
  WHEN NEW.challenge IS DISTINCT FROM OLD.challenge OR NEW.legal_order IS DISTINCT FROM OLD.legal_order
    OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.party IS DISTINCT FROM OLD.party OR NEW.filed IS DISTINCT FROM OLD.filed
    OR NEW.follows IS DISTINCT FROM OLD.follows OR NEW.secrecy IS DISTINCT FROM OLD.secrecy
    OR (OLD.outcome IS NOT NULL AND (NEW.outcome IS DISTINCT FROM OLD.outcome OR NEW.decided IS DISTINCT FROM OLD.decided))
    OR (OLD.permission IS NOT NULL AND NEW.permission IS DISTINCT FROM OLD.permission)
  BEGIN SELECT RAISE(ABORT, 'what a court has found is not rewritten'); END;
CREATE TRIGGER contest_first BEFORE INSERT ON contest
  WHEN NEW.outcome IS NOT NULL OR NEW.permission IS NOT NULL
    OR (SELECT k.legal_order FROM challenge k WHERE k.id = NEW.challenge) IS DISTINCT FROM NEW.legal_order
    OR (NEW.follows IS NOT NULL
      AND (SELECT k.legal_order FROM challenge k WHERE k.id = NEW.follows) IS DISTINCT FROM NEW.legal_order)
    OR (NEW.secrecy IS NOT NULL
      AND (SELECT s.legal_order FROM secrecy s WHERE s.id = NEW.secrecy) IS DISTINCT FROM NEW.legal_order)
  BEGIN SELECT RAISE(ABORT, 'a challenge begins undecided, about its own order'); END;
CREATE TRIGGER hearing_step BEFORE UPDATE ON hearing
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'hearing changes only with a newer ledger entry'); END;
CREATE TRIGGER hearing_begin BEFORE INSERT ON hearing
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'hearing begins only with a new ledger entry'); END;
CREATE TRIGGER hearing_no_delete BEFORE DELETE ON hearing BEGIN SELECT RAISE(ABORT, 'hearing is never deleted'); END;
CREATE TRIGGER hearing_fixed BEFORE UPDATE ON hearing
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.challenge IS DISTINCT FROM OLD.challenge
    OR NEW.number IS DISTINCT FROM OLD.number OR NEW.day IS DISTINCT FROM OLD.day
    OR (OLD.state <> 'set' AND NEW.state IS DISTINCT FROM OLD.state)
  BEGIN SELECT RAISE(ABORT, 'a date is not rewritten'); END;
CREATE TRIGGER contest_bound_step BEFORE UPDATE ON contest_bound
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'contest_bound changes only with a newer ledger entry'); END;
CREATE TRIGGER contest_bound_begin BEFORE INSERT ON contest_bound
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'contest_bound begins only with a new ledger entry'); END;
CREATE TRIGGER contest_bound_no_delete BEFORE DELETE ON contest_bound BEGIN SELECT RAISE(ABORT, 'contest_bound is never deleted'); END;
CREATE TRIGGER contest_bound_fixed BEFORE UPDATE ON contest_bound
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.challenge IS DISTINCT FROM OLD.challenge
    OR NEW.item IS DISTINCT FROM OLD.item OR NEW.allowed IS DISTINCT FROM OLD.allowed
    OR NEW.day_from IS DISTINCT FROM OLD.day_from OR NEW.day_to IS DISTINCT FROM OLD.day_to
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'what a court left is not rewritten'); END;
-- Nothing that was granted before stands beside what a court left.
CREATE TRIGGER contest_bound_alone BEFORE INSERT ON contest_bound
  WHEN EXISTS (SELECT 1 FROM decision d WHERE d.item = NEW.item AND d.live = 1 AND d.verdict <> 'withhold')
  BEGIN SELECT RAISE(ABORT, 'what was decided before a ruling is decided anew'); END;
-- An order that a court set aside grants nothing and never comes back; one that it narrowed grants what it left.
CREATE TRIGGER legal_order_set_aside BEFORE UPDATE ON legal_order
  WHEN NEW.state IN ('in_review', 'returned', 'approved', 'preserved', 'produced', 'delivered')
    AND EXISTS (SELECT 1 FROM challenge k JOIN contest q ON q.challenge = k.id
      WHERE k.legal_order = NEW.id AND k.against = 'order' AND q.outcome = 'upheld' AND q.party <> 'authority')
  BEGIN SELECT RAISE(ABORT, 'an order that a court set aside does not come back'); END;
CREATE TRIGGER decision_ruling BEFORE INSERT ON decision
  WHEN NEW.verdict <> 'withhold' AND (
    EXISTS (SELECT 1 FROM challenge k JOIN contest q ON q.challenge = k.id
      WHERE k.legal_order = NEW.legal_order AND k.against = 'order' AND q.outcome = 'upheld' AND q.party <> 'authority')
    OR EXISTS (SELECT 1 FROM contest_bound b JOIN item i ON i.id = b.item WHERE b.item = NEW.item AND (b.allowed = 0
      OR (b.day_from IS NOT NULL AND (coalesce(NEW.day_from, i.day_from) IS NULL OR coalesce(NEW.day_from, i.day_from) < b.day_from))
      OR (b.day_to IS NOT NULL AND (coalesce(NEW.day_to, i.day_to) IS NULL OR coalesce(NEW.day_to, i.day_to) > b.day_to)))))
  BEGIN SELECT RAISE(ABORT, 'nothing is granted outside of what a court left'); END;
CREATE TRIGGER production_ruling BEFORE INSERT ON production
  WHEN EXISTS (SELECT 1 FROM challenge k JOIN contest q ON q.challenge = k.id
    WHERE k.legal_order = NEW.legal_order AND k.against = 'order' AND q.outcome = 'upheld' AND q.party <> 'authority')
  BEGIN SELECT RAISE(ABORT, 'nothing is produced on an order that a court set aside'); END;
CREATE TRIGGER download_ruling BEFORE INSERT ON download
  WHEN EXISTS (SELECT 1 FROM production p JOIN challenge k ON k.legal_order = p.legal_order JOIN contest q ON q.challenge = k.id
    WHERE p.id = NEW.production AND k.against = 'order' AND q.outcome = 'upheld' AND q.party <> 'authority')
  BEGIN SELECT RAISE(ABORT, 'nothing is fetched on an order that a court set aside'); END;

-- By when a person looks again whether something is still held (SPEC.md 9.12).
CREATE TABLE hold_review (
  id INTEGER PRIMARY KEY,
  hold INTEGER NOT NULL UNIQUE REFERENCES erasure_hold (id),
  demand INTEGER NOT NULL REFERENCES demand (id),
  review INTEGER NOT NULL,          -- day
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX hold_review_by_demand ON hold_review (demand);
CREATE TRIGGER hold_review_step BEFORE UPDATE ON hold_review
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'hold_review changes only with a newer ledger entry'); END;
CREATE TRIGGER hold_review_begin BEFORE INSERT ON hold_review
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR (SELECT h.demand FROM erasure_hold h WHERE h.id = NEW.hold) IS DISTINCT FROM NEW.demand
  BEGIN SELECT RAISE(ABORT, 'hold_review begins only with a new ledger entry'); END;
CREATE TRIGGER hold_review_no_delete BEFORE DELETE ON hold_review BEGIN SELECT RAISE(ABORT, 'hold_review is never deleted'); END;
CREATE TRIGGER hold_review_fixed BEFORE UPDATE ON hold_review
  WHEN NEW.hold IS DISTINCT FROM OLD.hold OR NEW.demand IS DISTINCT FROM OLD.demand OR NEW.review IS DISTINCT FROM OLD.review
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a hold is not rewritten'); END;
-- What stands open about a case keeps it, whoever confirms.
CREATE TRIGGER erasure_open BEFORE UPDATE ON erasure
  WHEN NEW.state = 'done' AND NEW.matter IS NOT NULL AND (
    EXISTS (SELECT 1 FROM legal_order o JOIN challenge k ON k.legal_order = o.id WHERE o.matter = NEW.matter AND k.state = 'filed')
    OR EXISTS (SELECT 1 FROM legal_order o JOIN preservation p ON p.legal_order = o.id
      WHERE o.matter = NEW.matter AND p.state = 'running')
    OR EXISTS (SELECT 1 FROM legal_order o JOIN secrecy s ON s.legal_order = o.id
      WHERE o.matter = NEW.matter AND s.lifted IS NULL AND (s.until IS NULL OR s.until * 86400 >= NEW.at))
    OR EXISTS (SELECT 1 FROM claim k WHERE k.matter = NEW.matter AND (k.state = 'open' OR k.state = 'sent'))
    OR EXISTS (SELECT 1 FROM legal_order o JOIN notice n ON n.legal_order = o.id
      WHERE o.matter = NEW.matter AND (n.state IN ('due', 'drafted', 'approved', 'objected')
        OR (n.state = 'sent' AND n.posted IS NULL))))
  BEGIN SELECT RAISE(ABORT, 'what stands open is not erased'); END;

-- What a person asked to know about an account (SPEC.md 9.13). key finds it again when a bar has ended; it is empty
-- once the request is erased with its demand. who: how the person was identified, name, address; text: the answer.
CREATE TABLE access_request (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  demand INTEGER NOT NULL REFERENCES demand (id),
  key BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state = 'asked' OR state = 'drafted' OR state = 'approved' OR state = 'answered' OR
    state = 'dropped'),
  language TEXT NOT NULL CHECK (language = 'en' OR language = 'de'),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  reviewer INTEGER REFERENCES person (id),
  second INTEGER REFERENCES person (id),
  told INTEGER CHECK (told = 0 OR told = 1),    -- of an answer: whether it names a demand
  answered INTEGER,                 -- instant
  follows INTEGER REFERENCES access_request (id), -- the earlier one that it takes up
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  target_gone BLOB, target_ct BLOB,
  who_gone BLOB, who_ct BLOB,
  text_gone BLOB, text_ct BLOB,
  CHECK (length(key) = 0 OR length(key) = 32),
  CHECK (second IS NULL OR second <> reviewer),
  CHECK ((state = 'answered') = (answered IS NOT NULL) AND (state = 'answered') = (told IS NOT NULL)),
  CHECK ((state = 'answered') <= (second IS NOT NULL AND reviewer IS NOT NULL))
) STRICT;
CREATE INDEX access_request_by_demand ON access_request (demand);
CREATE INDEX access_request_by_state ON access_request (state, id);
CREATE INDEX access_request_by_follows ON access_request (follows) WHERE follows IS NOT NULL;
CREATE TRIGGER access_request_step BEFORE UPDATE ON access_request
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'access_request changes only with a newer ledger entry'); END;
CREATE TRIGGER access_request_begin BEFORE INSERT ON access_request
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'access_request begins only with a new ledger entry'); END;
CREATE TRIGGER access_request_no_delete BEFORE DELETE ON access_request BEGIN SELECT RAISE(ABORT, 'access_request is never deleted'); END;
CREATE TRIGGER access_request_first BEFORE INSERT ON access_request
  WHEN NEW.state <> 'asked' OR NEW.reviewer IS NOT NULL OR NEW.second IS NOT NULL OR NEW.who_ct IS NULL
    OR length(NEW.key) <> 32 OR NOT EXISTS (SELECT 1 FROM demand_sorted x WHERE x.demand = NEW.demand AND x.kind = 'data_subject')
  BEGIN SELECT RAISE(ABORT, 'a request begins with who asks, on what came in as one'); END;
CREATE TRIGGER access_request_fixed BEFORE UPDATE ON access_request
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.demand IS DISTINCT FROM OLD.demand OR NEW.at IS DISTINCT FROM OLD.at
    OR NEW.author IS DISTINCT FROM OLD.author OR NEW.follows IS DISTINCT FROM OLD.follows
    OR (NEW.key IS DISTINCT FROM OLD.key AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
    OR (OLD.state IN ('answered', 'dropped') AND NEW.state IS DISTINCT FROM OLD.state)
    OR (OLD.state = 'answered' AND (NEW.told IS DISTINCT FROM OLD.told OR NEW.answered IS DISTINCT FROM OLD.answered
      OR NEW.reviewer IS DISTINCT FROM OLD.reviewer OR NEW.second IS DISTINCT FROM OLD.second
      OR (NEW.text_ct IS NOT NULL AND NEW.text_ct IS DISTINCT FROM OLD.text_ct)))
    OR (NEW.state = 'answered' AND OLD.state <> 'answered' AND (OLD.state <> 'approved' OR NEW.text_ct IS DISTINCT FROM OLD.text_ct))
    OR (NEW.state = 'approved' AND OLD.state <> 'approved' AND (OLD.state <> 'drafted' OR NEW.text_ct IS DISTINCT FROM OLD.text_ct))
  BEGIN SELECT RAISE(ABORT, 'an answer is reviewed, approved and then given as it is'); END;
-- ---------------------------------------------------------------- bars that a court looks at, copies with notices
-- Steps about a bar that is reviewed at the recipient's word (18 USC 3511(b); SPEC.md 9.8). They are added, and none
-- is changed. by_day: the last day that the law gives for what follows.
CREATE TABLE bar_step (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  secrecy INTEGER NOT NULL REFERENCES secrecy (id),
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind = 'notified' OR kind = 'applied' OR kind = 'petitioned' OR kind = 'ordered' OR
    kind = 'refused' OR kind = 'asked' OR kind = 'kept' OR kind = 'ended'),
  day INTEGER NOT NULL,
  by_day INTEGER,
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  said_gone BLOB, said_ct BLOB,
  UNIQUE (secrecy, number),
  CHECK (by_day IS NULL OR (kind = 'notified' AND by_day > day))
) STRICT;
CREATE INDEX bar_step_by_order ON bar_step (legal_order, id);
CREATE TRIGGER bar_step_step BEFORE UPDATE ON bar_step
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'bar_step changes only with a newer ledger entry'); END;
CREATE TRIGGER bar_step_begin BEFORE INSERT ON bar_step
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'bar_step begins only with a new ledger entry'); END;
CREATE TRIGGER bar_step_no_delete BEFORE DELETE ON bar_step BEGIN SELECT RAISE(ABORT, 'bar_step is never deleted'); END;
CREATE TRIGGER bar_step_fixed BEFORE UPDATE ON bar_step
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.secrecy IS DISTINCT FROM OLD.secrecy
    OR NEW.number IS DISTINCT FROM OLD.number OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.day IS DISTINCT FROM OLD.day
    OR NEW.by_day IS DISTINCT FROM OLD.by_day OR NEW.author IS DISTINCT FROM OLD.author OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'what was done about a bar is not rewritten'); END;
-- The copy of the demand that goes with a notice: a paper as it came, or a file of its own, which lies among the
-- papers' files with its own key. day: of the house, on which it was chosen.
CREATE TABLE notice_copy (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  notice INTEGER NOT NULL UNIQUE REFERENCES notice (id),
  paper INTEGER REFERENCES paper (id),
  blob TEXT,
  kind TEXT NOT NULL CHECK (kind = 'pdf' OR kind = 'text' OR kind = 'png' OR kind = 'jpeg'),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  size INTEGER NOT NULL CHECK (size >= 0),
  dropped INTEGER NOT NULL CHECK (dropped = 0 OR dropped = 1),
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  key_gone BLOB, key_ct BLOB,
  CHECK (dropped = 1 OR (paper IS NULL) <> (blob IS NULL)),
  CHECK (at >= day * 86400 - 86400 AND at < day * 86400 + 172800)
) STRICT;
CREATE INDEX notice_copy_by_order ON notice_copy (legal_order, id);
CREATE TRIGGER notice_copy_step BEFORE UPDATE ON notice_copy
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'notice_copy changes only with a newer ledger entry'); END;
CREATE TRIGGER notice_copy_begin BEFORE INSERT ON notice_copy
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'notice_copy begins only with a new ledger entry'); END;
CREATE TRIGGER notice_copy_no_delete BEFORE DELETE ON notice_copy BEGIN SELECT RAISE(ABORT, 'notice_copy is never deleted'); END;
-- Who approves has it before them: it is chosen for a draft, of its own order, and stays when the notice goes on.
CREATE TRIGGER notice_copy_first BEFORE INSERT ON notice_copy
  WHEN (SELECT n.state FROM notice n WHERE n.id = NEW.notice AND n.legal_order = NEW.legal_order) IS DISTINCT FROM 'drafted'
  BEGIN SELECT RAISE(ABORT, 'a copy is chosen while the notice is a draft'); END;
CREATE TRIGGER notice_copy_later BEFORE UPDATE ON notice_copy
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.notice IS DISTINCT FROM OLD.notice
    OR ((SELECT n.state FROM notice n WHERE n.id = NEW.notice) <> 'drafted'
      AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
  BEGIN SELECT RAISE(ABORT, 'a copy is chosen while the notice is a draft'); END;
-- Never while a bar holds on the account (notice_barred).
CREATE TRIGGER notice_copy_barred BEFORE INSERT ON notice_copy
  WHEN EXISTS (SELECT 1 FROM notice n JOIN target a ON a.id = n.target JOIN target b ON b.value_key = a.value_key
    JOIN legal_order o ON o.matter = b.matter JOIN secrecy s ON s.legal_order = o.id
    WHERE n.id = NEW.notice AND s.bars <> 'public' AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= NEW.day))
  BEGIN SELECT RAISE(ABORT, 'no copy for a user while a bar holds'); END;
CREATE TRIGGER notice_copy_barred_later BEFORE UPDATE ON notice_copy
  WHEN NEW.dropped = 0 AND NEW.at IS DISTINCT FROM OLD.at AND EXISTS (SELECT 1 FROM notice n JOIN target a ON a.id = n.target
    JOIN target b ON b.value_key = a.value_key JOIN legal_order o ON o.matter = b.matter JOIN secrecy s ON s.legal_order = o.id
    WHERE n.id = NEW.notice AND s.bars <> 'public' AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= NEW.day))
  BEGIN SELECT RAISE(ABORT, 'no copy for a user while a bar holds'); END;
-- A court answers what it was asked, and each step follows on the one before; of a bar that stands, of its own order.
CREATE TRIGGER bar_step_follows BEFORE INSERT ON bar_step
  WHEN (SELECT s.legal_order FROM secrecy s WHERE s.id = NEW.secrecy AND s.lifted IS NULL) IS DISTINCT FROM NEW.legal_order
    OR NEW.number <> 1 + (SELECT count(*) FROM bar_step b WHERE b.secrecy = NEW.secrecy)
    OR ((NEW.kind = 'ordered' OR NEW.kind = 'refused') AND coalesce((SELECT b.kind FROM bar_step b
      WHERE b.secrecy = NEW.secrecy AND b.kind <> 'asked' AND b.kind <> 'kept' ORDER BY b.number DESC LIMIT 1), '')
      NOT IN ('applied', 'petitioned'))
    OR (NEW.kind = 'applied' AND coalesce((SELECT b.kind FROM bar_step b
      WHERE b.secrecy = NEW.secrecy AND b.kind <> 'asked' AND b.kind <> 'kept' ORDER BY b.number DESC LIMIT 1), '') <> 'notified')
    OR ((NEW.kind = 'notified' OR NEW.kind = 'petitioned') AND coalesce((SELECT b.kind FROM bar_step b
      WHERE b.secrecy = NEW.secrecy AND b.kind <> 'asked' AND b.kind <> 'kept' ORDER BY b.number DESC LIMIT 1), '')
      IN ('applied', 'petitioned', 'ended'))
  BEGIN SELECT RAISE(ABORT, 'a step about a bar follows on the one before'); END;
-- While a court has it before it the bar stays in effect (18 USC 3511(b)(1)(B)).
CREATE TRIGGER secrecy_pending BEFORE UPDATE ON secrecy
  WHEN NEW.lifted IS NOT NULL AND OLD.lifted IS NULL AND coalesce((SELECT b.kind FROM bar_step b
    WHERE b.secrecy = NEW.id AND b.kind <> 'asked' AND b.kind <> 'kept' ORDER BY b.number DESC LIMIT 1), '')
    IN ('applied', 'petitioned')
  BEGIN SELECT RAISE(ABORT, 'a bar stays in effect while a court has it before it'); END;
-- ---------------------------------------------------------------- collection: push API, persons, snapshots (SPEC.md 9.2)
-- What a system of the provider signs in with: for the tickets of one service alone (desk/service_token.h).
CREATE TABLE service_token (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0), -- what people call it by
  service TEXT NOT NULL CHECK (service <> ''),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32), -- of its 256 random bits
  sealed INTEGER NOT NULL CHECK (sealed = 0 OR sealed = 1),
  made INTEGER NOT NULL,            -- instant
  until INTEGER NOT NULL,           -- instant
  maker INTEGER NOT NULL REFERENCES person (id),
  ended INTEGER,                    -- instant
  ender INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  name_gone BLOB, name_ct BLOB,
  CHECK (until > made),
  CHECK ((ended IS NULL) = (ender IS NULL))
) STRICT;
CREATE INDEX service_token_by_entry ON service_token (entry);
CREATE TRIGGER service_token_begin BEFORE INSERT ON service_token
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'service_token begins only with a new ledger entry'); END;
CREATE TRIGGER service_token_step BEFORE UPDATE ON service_token
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'service_token changes only with a newer ledger entry'); END;
CREATE TRIGGER service_token_no_delete BEFORE DELETE ON service_token
  BEGIN SELECT RAISE(ABORT, 'service_token is never deleted'); END;
CREATE TRIGGER service_token_fixed BEFORE UPDATE ON service_token
  WHEN NEW.number IS DISTINCT FROM OLD.number OR NEW.service IS DISTINCT FROM OLD.service
    OR NEW.token_hash IS DISTINCT FROM OLD.token_hash OR NEW.sealed IS DISTINCT FROM OLD.sealed
    OR NEW.made IS DISTINCT FROM OLD.made OR NEW.until IS DISTINCT FROM OLD.until
    OR NEW.maker IS DISTINCT FROM OLD.maker OR OLD.ended IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a token is not rewritten: it ends'); END;
-- An admin makes it; it reaches no further than its maker.
CREATE TRIGGER service_token_maker BEFORE INSERT ON service_token
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.maker AND p.active = 1 AND (p.roles & 128) = 128
    AND p.sealed >= NEW.sealed)
  BEGIN SELECT RAISE(ABORT, 'a token of a service is made by an admin'); END;
-- A token takes the tickets of its own service, while it is good.
CREATE TRIGGER ticket_token BEFORE UPDATE ON ticket
  WHEN OLD.state = 'open' AND NEW.state = 'running' AND NEW.token IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM service_token s WHERE s.id = NEW.token AND s.service = NEW.service
      AND s.ended IS NULL AND s.until > NEW.ran)
  BEGIN SELECT RAISE(ABORT, 'a token takes tickets of its own service alone'); END;

-- What lies in collect/TICKET: workspace and no evidence, for the ticket's listing commits to names and hashes. check_ct
-- is what the scope check said, sealed; NULL: not looked at yet.
CREATE TABLE ticket_file (
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  name TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  at INTEGER NOT NULL,
  check_ct BLOB,
  PRIMARY KEY (ticket, name)
) STRICT;
-- Nothing is added to, or taken from, what a ticket has brought once it has ended; what is cleared goes as a whole.
CREATE TRIGGER ticket_file_open BEFORE INSERT ON ticket_file
  WHEN NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = NEW.ticket AND t.state = 'running')
  BEGIN SELECT RAISE(ABORT, 'files are those of a ticket that is being collected'); END;
CREATE TRIGGER ticket_file_fixed BEFORE UPDATE ON ticket_file
  WHEN NEW.ticket IS DISTINCT FROM OLD.ticket OR NEW.name IS DISTINCT FROM OLD.name
    OR NEW.size IS DISTINCT FROM OLD.size OR NEW.sha256 IS DISTINCT FROM OLD.sha256
  BEGIN SELECT RAISE(ABORT, 'a collected file is not rewritten'); END;

-- What was collected for a preservation: kept under keys of its own until it is released, expires, or is erased.
CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL UNIQUE REFERENCES ticket (id),
  preservation INTEGER NOT NULL REFERENCES preservation (id),
  made INTEGER NOT NULL,
  files INTEGER NOT NULL CHECK (files > 0),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  listing BLOB NOT NULL CHECK (length(listing) = 32),
  ended INTEGER,
  why TEXT NOT NULL CHECK (why = '' OR why = 'released' OR why = 'expired' OR why = 'erased'),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK ((ended IS NULL) = (why = ''))
) STRICT;
CREATE INDEX snapshot_by_preservation ON snapshot (preservation);
CREATE INDEX snapshot_live ON snapshot (id) WHERE ended IS NULL;
CREATE INDEX snapshot_by_entry ON snapshot (entry);
CREATE TRIGGER snapshot_begin BEFORE INSERT ON snapshot
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'snapshot begins only with a new ledger entry'); END;
CREATE TRIGGER snapshot_gate BEFORE INSERT ON snapshot
  WHEN NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = NEW.ticket AND t.purpose = 'preserve')
    OR NOT EXISTS (SELECT 1 FROM preservation v WHERE v.id = NEW.preservation AND v.state = 'running')
  BEGIN SELECT RAISE(ABORT, 'a snapshot is of a preservation in force'); END;
CREATE TRIGGER snapshot_step BEFORE UPDATE ON snapshot
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR NEW.ticket IS DISTINCT FROM OLD.ticket OR NEW.preservation IS DISTINCT FROM OLD.preservation
    OR NEW.made IS DISTINCT FROM OLD.made OR NEW.files IS DISTINCT FROM OLD.files
    OR ((OLD.ended IS NOT NULL OR NEW.listing IS DISTINCT FROM OLD.listing) AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
  BEGIN SELECT RAISE(ABORT, 'a snapshot ends, and is not rewritten'); END;
CREATE TRIGGER snapshot_no_delete BEFORE DELETE ON snapshot
  BEGIN SELECT RAISE(ABORT, 'snapshot is never deleted'); END;
CREATE TABLE snapshot_file (        -- its encrypted files; gone with its end
  snapshot INTEGER NOT NULL REFERENCES snapshot (id),
  number INTEGER NOT NULL,
  blob TEXT NOT NULL,
  size INTEGER NOT NULL,
  key_ct BLOB,                      -- the file's own key, sealed; NULL: the snapshot has ended, and the file goes
  name_ct BLOB NOT NULL,
  PRIMARY KEY (snapshot, number)
) STRICT;
CREATE INDEX snapshot_file_gone ON snapshot_file (snapshot, number) WHERE key_ct IS NULL;
-- A release or an end of the preservation leaves nothing that could be read: no key stands once it is over.
CREATE TRIGGER snapshot_ends BEFORE UPDATE ON snapshot
  WHEN NEW.ended IS NOT NULL AND EXISTS (SELECT 1 FROM snapshot_file f WHERE f.snapshot = NEW.id AND f.key_ct IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'a snapshot that ended has no keys'); END;
CREATE TRIGGER preservation_ends BEFORE UPDATE ON preservation
  WHEN NEW.state = 'released' AND EXISTS (SELECT 1 FROM snapshot n WHERE n.preservation = NEW.id AND n.ended IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a preservation that is released keeps no snapshot'); END;
CREATE TRIGGER ticket_snapshot BEFORE UPDATE ON ticket
  WHEN OLD.state = 'open' AND NEW.state = 'running' AND NEW.snapshot IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM snapshot n JOIN ticket p ON p.id = n.ticket
      WHERE n.id = NEW.snapshot AND n.ended IS NULL AND p.service = NEW.service AND NEW.purpose = 'collect')
  BEGIN SELECT RAISE(ABORT, 'a snapshot that ended, or of another service, answers no ticket'); END;
-- ---------------------------------------------------------------- what lies in the portal (SPEC.md 8.10)
-- A sealed file as it was laid down for an officer: from when until when, and how that ended. The file itself is
-- `deposit`. A production has one that is open; a later one takes its place.
CREATE TABLE laid (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  number INTEGER NOT NULL CHECK (number > 0),
  seal INTEGER REFERENCES production_seal (id), -- NULL: sealed before there were rows of seals
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  until INTEGER NOT NULL,           -- from this instant on nobody gets it
  more TEXT NOT NULL CHECK (more = '' OR more = 'more' OR more = 'last'), -- whether another production follows
  pin TEXT NOT NULL CHECK (pin = 'told' OR pin = 'mail' OR pin = 'none'),
  pins INTEGER NOT NULL CHECK (pins >= 0),      -- how many were made
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'revoked' OR state = 'replaced' OR state = 'expired'),
  ended INTEGER,
  ender INTEGER REFERENCES person (id),         -- NULL: the program
  reason_gone BLOB, reason_ct BLOB, -- why it was revoked
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (production, number),
  CHECK ((state = 'open') = (ended IS NULL))
) STRICT;
CREATE UNIQUE INDEX laid_open ON laid (production) WHERE state = 'open';
CREATE INDEX laid_due ON laid (until) WHERE state = 'open';
-- What an officer said before they got the file: that it is the one they ask for, and for whom they act.
CREATE TABLE pledge (
  id INTEGER PRIMARY KEY,
  laid INTEGER NOT NULL REFERENCES laid (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  agency INTEGER NOT NULL REFERENCES agency (id), -- on whose behalf
  at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  UNIQUE (laid, officer)
) STRICT;
-- Another officer of the agency that asked, to whose key a production is sealed anew, and who named them.
CREATE TABLE taker (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  author INTEGER NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  reason_gone BLOB, reason_ct BLOB,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id)
) STRICT;
CREATE INDEX taker_by_production ON taker (production, id);
CREATE INDEX taker_by_officer ON taker (officer);

CREATE TRIGGER laid_step BEFORE UPDATE ON laid
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'laid changes only with a newer ledger entry'); END;
CREATE TRIGGER laid_begin BEFORE INSERT ON laid
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'laid begins only with a new ledger entry'); END;
CREATE TRIGGER laid_no_delete BEFORE DELETE ON laid BEGIN SELECT RAISE(ABORT, 'laid is never deleted'); END;
CREATE TRIGGER pledge_step BEFORE UPDATE ON pledge
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'pledge changes only with a newer ledger entry'); END;
CREATE TRIGGER pledge_begin BEFORE INSERT ON pledge
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'pledge begins only with a new ledger entry'); END;
CREATE TRIGGER pledge_no_delete BEFORE DELETE ON pledge BEGIN SELECT RAISE(ABORT, 'pledge is never deleted'); END;
CREATE TRIGGER taker_step BEFORE UPDATE ON taker
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'taker changes only with a newer ledger entry'); END;
CREATE TRIGGER taker_begin BEFORE INSERT ON taker
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'taker begins only with a new ledger entry'); END;
CREATE TRIGGER taker_no_delete BEFORE DELETE ON taker BEGIN SELECT RAISE(ABORT, 'taker is never deleted'); END;

-- Nothing is laid down that was not handed over by the portal, or that is stopped.
CREATE TRIGGER laid_gate BEFORE INSERT ON laid
  WHEN NEW.state <> 'open' OR NEW.until <= NEW.at
    OR (NEW.seal IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM production_seal s WHERE s.id = NEW.seal AND s.production = NEW.production))
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN delivery d ON d.production = p.id
      WHERE p.id = NEW.production AND p.state <> 'recalled' AND o.hold IS NULL AND d.channel = 'portal')
    OR EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN alert a ON a.matter = o.matter WHERE p.id = NEW.production AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'nothing is laid down that was not handed over, or that is stopped'); END;
-- Implementing Regulation (EU) 2025/1550, Annex 3.3.3(b): at least 10 and at most 45 calendar days.
CREATE TRIGGER laid_epoc BEFORE INSERT ON laid
  WHEN EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND o.instrument = 'EU-EPOC')
    AND (NEW.until - NEW.at < 864000 OR NEW.until - NEW.at > 3888000)
  BEGIN SELECT RAISE(ABORT, 'what an EPOC asked for is there for 10 to 45 days'); END;
CREATE TRIGGER laid_fixed BEFORE UPDATE ON laid
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.seal IS DISTINCT FROM OLD.seal OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.more IS DISTINCT FROM OLD.more OR NEW.pin IS DISTINCT FROM OLD.pin OR NEW.pins < OLD.pins
    OR (NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
      AND (OLD.state <> 'open' OR NEW.until < OLD.until OR (NEW.state <> 'open' AND NEW.until <> OLD.until)
        OR (NEW.state = 'expired' AND NEW.ended < OLD.until)
        OR (NEW.state = 'revoked' AND (NEW.reason_ct IS NULL OR NEW.ender IS NULL))))
    OR (OLD.state <> 'open' AND (NEW.state IS DISTINCT FROM OLD.state OR NEW.until IS DISTINCT FROM OLD.until
      OR NEW.ended IS DISTINCT FROM OLD.ended OR NEW.ender IS DISTINCT FROM OLD.ender))
  BEGIN SELECT RAISE(ABORT, 'what was laid down is extended or ended, and never rewritten'); END;
CREATE TRIGGER pledge_gate BEFORE INSERT ON pledge
  WHEN NOT EXISTS (SELECT 1 FROM laid l WHERE l.id = NEW.laid AND l.state = 'open' AND l.until > NEW.at)
    OR NOT EXISTS (SELECT 1 FROM officer o JOIN agency a ON a.id = o.agency
      WHERE o.id = NEW.officer AND o.agency = NEW.agency AND o.state = 'active' AND a.state = 'active')
  BEGIN SELECT RAISE(ABORT, 'an active officer asks for what lies here still'); END;
CREATE TRIGGER pledge_fixed BEFORE UPDATE ON pledge
  WHEN NEW.laid IS DISTINCT FROM OLD.laid OR NEW.officer IS DISTINCT FROM OLD.officer
    OR NEW.agency IS DISTINCT FROM OLD.agency OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'what an officer said is not rewritten'); END;
CREATE TRIGGER taker_gate BEFORE INSERT ON taker
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.author AND p.active = 1 AND p.roles <> 0)
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN matter m ON m.id = o.matter JOIN submission s ON s.demand = coalesce(o.demand, m.demand)
      JOIN officer f ON f.agency = s.agency
      WHERE p.id = NEW.production AND f.id = NEW.officer AND f.state = 'active')
  BEGIN SELECT RAISE(ABORT, 'an active officer of the agency that asked is named, by a person of the house'); END;
CREATE TRIGGER taker_fixed BEFORE UPDATE ON taker
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.officer IS DISTINCT FROM OLD.officer
    OR NEW.author IS DISTINCT FROM OLD.author OR NEW.at IS DISTINCT FROM OLD.at
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'who was named is not rewritten'); END;
-- No file leaves through the portal to who has not said what they take, after its end, or while it is stopped.
CREATE TRIGGER download_gate BEFORE INSERT ON download
  WHEN NOT EXISTS (SELECT 1 FROM laid l JOIN pledge g ON g.laid = l.id
      WHERE l.production = NEW.production AND l.state = 'open' AND l.until > NEW.at AND g.officer = NEW.officer)
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND p.state <> 'recalled' AND p.state <> 'sealed' AND o.hold IS NULL)
    OR EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN alert a ON a.matter = o.matter WHERE p.id = NEW.production AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'only what lies open leaves, to who has said what they take'); END;

ALTER TABLE deposit ADD COLUMN seal INTEGER REFERENCES production_seal (id); -- NULL: as of laid

-- No evidence: what a file is opened with at the door, how a download went, and who came in vain. The PIN is a keyed
-- hash; a new one takes the place of the old.
CREATE TABLE deposit_pin (
  laid INTEGER PRIMARY KEY REFERENCES laid (id),
  pin_hash BLOB NOT NULL CHECK (length(pin_hash) = 32),
  made INTEGER NOT NULL,
  most INTEGER NOT NULL,
  tries INTEGER NOT NULL CHECK (tries >= 0 AND tries <= most), -- in vain
  taken INTEGER,                    -- a download runs with it, since then
  used INTEGER                      -- a whole download ended
) STRICT;
CREATE TABLE deposit_gone (         -- files whose key was thrown away, until they are deleted
  blob TEXT PRIMARY KEY
) STRICT;
CREATE TABLE download_end (
  download INTEGER PRIMARY KEY REFERENCES download (id),
  laid INTEGER NOT NULL REFERENCES laid (id),
  size INTEGER NOT NULL,
  sent INTEGER NOT NULL,            -- bytes
  ended INTEGER,                    -- NULL: it runs, or its process died
  what TEXT NOT NULL CHECK (what = 'running' OR what = 'fetched' OR what = 'cut_off' OR what = 'stopped')
) STRICT;
CREATE INDEX download_end_by_laid ON download_end (laid);
CREATE TABLE portal_refusal (       -- one row an hour for each who came in vain, and why
  production INTEGER NOT NULL REFERENCES production (id),
  officer INTEGER NOT NULL REFERENCES officer (id),
  what TEXT NOT NULL,
  since INTEGER NOT NULL,           -- the hour
  last INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (production, officer, what, since)
) STRICT;

-- ---------------------------------------------------------------- other ways of delivery, and what comes after one (SPEC.md 9.10)
-- A sealed file on its way as an attachment. It counts as delivered once the mail server had taken it: only then there is
-- a row of `delivery`. An address that neither the demand nor the officer gave waits for a second person.
CREATE TABLE production_mail (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  second INTEGER REFERENCES person (id),
  official INTEGER NOT NULL CHECK (official = 0 OR official = 1),
  state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'queued' OR state = 'taken' OR state = 'failed' OR
    state = 'stopped'),
  letter TEXT,                      -- outgoing.ref, which is in its Message-ID
  message TEXT,                     -- its Message-ID, once it was taken
  taken INTEGER,                    -- instant at which the server had it
  blob_hash BLOB NOT NULL CHECK (length(blob_hash) = 32), -- SHA-256 of the attached file
  size INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  to_gone BLOB, to_ct BLOB,
  reason_gone BLOB, reason_ct BLOB,
  CHECK (second IS NULL OR second <> author),
  CHECK (official = 1 OR state = 'waiting' OR state = 'stopped' OR second IS NOT NULL),
  CHECK ((state = 'taken' AND taken IS NOT NULL) OR (state <> 'taken' AND taken IS NULL)),
  CHECK ((taken IS NULL AND message IS NULL) OR (taken IS NOT NULL AND message IS NOT NULL))
) STRICT;
CREATE INDEX production_mail_by_production ON production_mail (production, id);
CREATE INDEX production_mail_by_letter ON production_mail (letter);
CREATE INDEX production_mail_by_state ON production_mail (state, id);
CREATE UNIQUE INDEX production_mail_one ON production_mail (production) WHERE state = 'waiting' OR state = 'queued';

-- No evidence: where the attachment lies until the mail's fate is recorded.
CREATE TABLE production_mail_file (
  mail INTEGER PRIMARY KEY REFERENCES production_mail (id),
  blob TEXT NOT NULL,
  name TEXT NOT NULL,
  shared INTEGER NOT NULL CHECK (shared = 0 OR shared = 1), -- the blob is that of the deposit
  key_ct BLOB,                      -- the blob's own key, sealed; NULL once it was erased
  manifest_ct BLOB,                 -- of the last try, where the law asks for one
  trying INTEGER NOT NULL CHECK (trying = 0 OR trying = 1) -- a try began, and its end is not known
) STRICT;

-- A medium that a sealed file was written to, and read back from. words: serial, bag, carrier, handed_to; back: by whom.
CREATE TABLE production_medium (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind = 'usb' OR kind = 'disc' OR kind = 'drive' OR kind = 'card' OR kind = 'tape' OR
    kind = 'other'),
  blob_hash BLOB NOT NULL CHECK (length(blob_hash) = 32), -- SHA-256 of the file as it was read back
  size INTEGER NOT NULL,
  received INTEGER,                 -- day on which the receipt came back; NULL: not yet
  receiver INTEGER REFERENCES person (id), -- who recorded that
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  words_gone BLOB, words_ct BLOB,
  back_gone BLOB, back_ct BLOB,
  CHECK ((received IS NULL AND receiver IS NULL) OR (received IS NOT NULL AND receiver IS NOT NULL))
) STRICT;
CREATE INDEX production_medium_by_production ON production_medium (production, id);

-- The manifest that goes with evidence where a law asks for one (law/channels.yaml).
CREATE TABLE transfer (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  means TEXT NOT NULL,
  until INTEGER,                    -- instant until which a link lives
  hash BLOB NOT NULL CHECK (length(hash) = 32), -- SHA-256 of its text
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  text_gone BLOB, text_ct BLOB,
  CHECK (until IS NULL OR until > at)
) STRICT;
CREATE INDEX transfer_by_production ON transfer (production, id);

-- A production that reached somebody else. words: to_whom, how; said: whom counsel decided to tell.
CREATE TABLE misdelivery (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL REFERENCES production (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  found INTEGER NOT NULL,           -- day on which it was noticed
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'settled'),
  settler INTEGER REFERENCES person (id),
  settled INTEGER,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  words_gone BLOB, words_ct BLOB,
  said_gone BLOB, said_ct BLOB,
  CHECK ((state = 'settled' AND settler IS NOT NULL AND settled IS NOT NULL)
    OR (state = 'open' AND settler IS NULL AND settled IS NULL))
) STRICT;
CREATE INDEX misdelivery_by_production ON misdelivery (production, id);
CREATE INDEX misdelivery_by_state ON misdelivery (state, id);

-- What left and should not have, or no longer may be used: the authority is asked to delete it.
CREATE TABLE recall (
  id INTEGER PRIMARY KEY,
  production INTEGER NOT NULL UNIQUE REFERENCES production (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  cause TEXT NOT NULL CHECK (cause = 'validation' OR cause = 'confirmation' OR cause = 'objection' OR
    cause = 'challenge' OR cause = 'misdelivery' OR cause = 'other'),
  answer TEXT NOT NULL CHECK (answer = '' OR answer = 'deleted' OR answer = 'refused' OR answer = 'none'),
  answered INTEGER,                 -- day
  answerer INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  reason_gone BLOB, reason_ct BLOB,
  said_gone BLOB, said_ct BLOB,
  CHECK ((answer = '' AND answered IS NULL AND answerer IS NULL)
    OR (answer <> '' AND answered IS NOT NULL AND answerer IS NOT NULL))
) STRICT;
CREATE INDEX recall_by_answer ON recall (answer, id);

-- To whom an order was redirected: the customer who controls the data. contact: name, address.
CREATE TABLE redirect (
  id INTEGER PRIMARY KEY,
  legal_order INTEGER NOT NULL REFERENCES legal_order (id),
  at INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES person (id),
  day INTEGER NOT NULL,             -- the same as a day of the house
  despite INTEGER NOT NULL CHECK (despite = 0 OR despite = 1), -- counsel's decision, where a bar stood
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  contact_gone BLOB, contact_ct BLOB
) STRICT;
CREATE INDEX redirect_by_order ON redirect (legal_order, id);
CREATE TRIGGER production_mail_step BEFORE UPDATE ON production_mail
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_mail changes only with a newer ledger entry'); END;
CREATE TRIGGER production_mail_begin BEFORE INSERT ON production_mail
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_mail begins only with a new ledger entry'); END;
CREATE TRIGGER production_mail_no_delete BEFORE DELETE ON production_mail BEGIN SELECT RAISE(ABORT, 'production_mail is never deleted'); END;
CREATE TRIGGER production_mail_fixed BEFORE UPDATE ON production_mail
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.official IS DISTINCT FROM OLD.official OR NEW.blob_hash IS DISTINCT FROM OLD.blob_hash OR NEW.size IS DISTINCT FROM OLD.size
    OR (OLD.second IS NOT NULL AND NEW.second IS DISTINCT FROM OLD.second)
    OR (NEW.state IS DISTINCT FROM OLD.state AND NOT (
      (OLD.state = 'waiting' AND (NEW.state = 'queued' OR NEW.state = 'stopped'))
      OR (OLD.state = 'queued' AND (NEW.state = 'taken' OR NEW.state = 'failed' OR NEW.state = 'stopped'))))
    OR (OLD.state <> 'waiting' AND OLD.state <> 'queued' AND NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry))
  BEGIN SELECT RAISE(ABORT, 'a mail that carried a production is not rewritten'); END;
CREATE TRIGGER production_medium_step BEFORE UPDATE ON production_medium
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_medium changes only with a newer ledger entry'); END;
CREATE TRIGGER production_medium_begin BEFORE INSERT ON production_medium
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'production_medium begins only with a new ledger entry'); END;
CREATE TRIGGER production_medium_no_delete BEFORE DELETE ON production_medium BEGIN SELECT RAISE(ABORT, 'production_medium is never deleted'); END;
CREATE TRIGGER production_medium_fixed BEFORE UPDATE ON production_medium
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.blob_hash IS DISTINCT FROM OLD.blob_hash OR NEW.size IS DISTINCT FROM OLD.size
    OR (OLD.received IS NOT NULL AND (NEW.received IS DISTINCT FROM OLD.received OR NEW.receiver IS DISTINCT FROM OLD.receiver
      OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)))
  BEGIN SELECT RAISE(ABORT, 'the protocol of a medium is not rewritten'); END;
CREATE TRIGGER transfer_step BEFORE UPDATE ON transfer
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'transfer changes only with a newer ledger entry'); END;
CREATE TRIGGER transfer_begin BEFORE INSERT ON transfer
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'transfer begins only with a new ledger entry'); END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer is never deleted'); END;
CREATE TRIGGER transfer_fixed BEFORE UPDATE ON transfer
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.means IS DISTINCT FROM OLD.means OR NEW.until IS DISTINCT FROM OLD.until OR NEW.hash IS DISTINCT FROM OLD.hash
    OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'a manifest that was given is not rewritten'); END;
CREATE TRIGGER misdelivery_step BEFORE UPDATE ON misdelivery
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'misdelivery changes only with a newer ledger entry'); END;
CREATE TRIGGER misdelivery_begin BEFORE INSERT ON misdelivery
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'misdelivery begins only with a new ledger entry'); END;
CREATE TRIGGER misdelivery_no_delete BEFORE DELETE ON misdelivery BEGIN SELECT RAISE(ABORT, 'misdelivery is never deleted'); END;
CREATE TRIGGER misdelivery_fixed BEFORE UPDATE ON misdelivery
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.found IS DISTINCT FROM OLD.found
    OR (OLD.state = 'settled' AND (NEW.state IS DISTINCT FROM OLD.state OR NEW.settler IS DISTINCT FROM OLD.settler
      OR NEW.settled IS DISTINCT FROM OLD.settled OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)))
  BEGIN SELECT RAISE(ABORT, 'a misdelivery is not rewritten'); END;
CREATE TRIGGER recall_step BEFORE UPDATE ON recall
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'recall changes only with a newer ledger entry'); END;
CREATE TRIGGER recall_begin BEFORE INSERT ON recall
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'recall begins only with a new ledger entry'); END;
CREATE TRIGGER recall_no_delete BEFORE DELETE ON recall BEGIN SELECT RAISE(ABORT, 'recall is never deleted'); END;
CREATE TRIGGER recall_fixed BEFORE UPDATE ON recall
  WHEN NEW.production IS DISTINCT FROM OLD.production OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.cause IS DISTINCT FROM OLD.cause
    OR (OLD.answer <> '' AND OLD.answer <> 'none' AND (NEW.answer IS DISTINCT FROM OLD.answer OR NEW.answered IS DISTINCT FROM OLD.answered
      OR NEW.answerer IS DISTINCT FROM OLD.answerer OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)))
  BEGIN SELECT RAISE(ABORT, 'a recall is not rewritten'); END;
CREATE TRIGGER redirect_step BEFORE UPDATE ON redirect
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'redirect changes only with a newer ledger entry'); END;
CREATE TRIGGER redirect_begin BEFORE INSERT ON redirect
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'redirect begins only with a new ledger entry'); END;
CREATE TRIGGER redirect_no_delete BEFORE DELETE ON redirect BEGIN SELECT RAISE(ABORT, 'redirect is never deleted'); END;
CREATE TRIGGER redirect_fixed BEFORE UPDATE ON redirect
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.at IS DISTINCT FROM OLD.at OR NEW.author IS DISTINCT FROM OLD.author
    OR NEW.day IS DISTINCT FROM OLD.day OR NEW.despite IS DISTINCT FROM OLD.despite OR NOT EXISTS (SELECT 1 FROM erasure x WHERE x.entry = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'to whom an order was redirected is not rewritten'); END;
-- What stops a delivery stops a mail, when it is written and when a second person has looked; once it was taken the delivery
-- has its own walls. A medium is written as a delivery is made.
CREATE TRIGGER production_mail_gate BEFORE INSERT ON production_mail
  WHEN (NEW.state <> 'waiting' AND NEW.state <> 'queued') OR NEW.second IS NOT NULL OR (NEW.official = 0 AND NEW.state <> 'waiting')
    OR NOT EXISTS (SELECT 1 FROM production_seal s WHERE s.production = NEW.production AND s.blob_hash = NEW.blob_hash)
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND p.state = 'sealed' AND o.hold IS NULL
        AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))
    OR EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      JOIN alert a ON a.matter = o.matter WHERE p.id = NEW.production AND a.cleared IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no mail of a production that is stopped, recalled or handed over'); END;
CREATE TRIGGER production_mail_queue_gate BEFORE UPDATE ON production_mail
  WHEN OLD.state = 'waiting' AND NEW.state = 'queued'
    AND (NEW.second IS NULL OR NOT EXISTS (SELECT 1 FROM person q WHERE q.id = NEW.second AND q.active = 1 AND (q.roles & 6) <> 0)
      OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
        WHERE p.id = NEW.production AND p.state = 'sealed' AND o.hold IS NULL
          AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered')))
  BEGIN SELECT RAISE(ABORT, 'a second person releases a mail to another address, of a production that nothing stops'); END;
CREATE TRIGGER delivery_mailed BEFORE INSERT ON delivery
  WHEN EXISTS (SELECT 1 FROM production_mail m WHERE m.production = NEW.production AND (m.state = 'waiting' OR m.state = 'queued'))
  BEGIN SELECT RAISE(ABORT, 'no delivery while a mail with it is on its way'); END;
CREATE TRIGGER production_medium_gate BEFORE INSERT ON production_medium
  WHEN NEW.received IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM production_seal s WHERE s.production = NEW.production AND s.blob_hash = NEW.blob_hash)
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND p.state = 'sealed' AND o.hold IS NULL)
  BEGIN SELECT RAISE(ABORT, 'no medium with a production that is stopped, recalled or handed over'); END;
CREATE TRIGGER misdelivery_gate BEFORE INSERT ON misdelivery
  WHEN NEW.state <> 'open' OR (NOT EXISTS (SELECT 1 FROM delivery d WHERE d.production = NEW.production)
    AND NOT EXISTS (SELECT 1 FROM production_mail m WHERE m.production = NEW.production AND m.state = 'taken'))
  BEGIN SELECT RAISE(ABORT, 'a misdelivery is of what left'); END;
CREATE TRIGGER misdelivery_settler BEFORE UPDATE ON misdelivery
  WHEN OLD.state = 'open' AND NEW.state = 'settled'
    AND NOT EXISTS (SELECT 1 FROM person q WHERE q.id = NEW.settler AND q.active = 1 AND (q.roles & 4) <> 0)
  BEGIN SELECT RAISE(ABORT, 'counsel settles a misdelivery'); END;
-- Recalled for good: counsel records it, of what left; then it is not delivered (delivery_gate), mailed, put up, fetched or
-- sealed anew (production_seal_gate) any more.
CREATE TRIGGER recall_gate BEFORE INSERT ON recall
  WHEN NEW.answer <> ''
    OR NOT EXISTS (SELECT 1 FROM person q WHERE q.id = NEW.author AND q.active = 1 AND (q.roles & 4) <> 0)
    OR (NOT EXISTS (SELECT 1 FROM delivery d WHERE d.production = NEW.production)
      AND NOT EXISTS (SELECT 1 FROM production_mail m WHERE m.production = NEW.production AND m.state = 'taken'))
  BEGIN SELECT RAISE(ABORT, 'counsel recalls what left'); END;
CREATE TRIGGER production_recall BEFORE UPDATE ON production
  WHEN (OLD.state = 'recalled' AND NEW.state <> 'recalled')
    OR (OLD.state <> 'recalled' AND NEW.state = 'recalled'
      AND NOT EXISTS (SELECT 1 FROM recall k WHERE k.production = NEW.id))
  BEGIN SELECT RAISE(ABORT, 'a production is recalled by its record, and for good'); END;
CREATE TRIGGER download_recalled BEFORE INSERT ON download
  WHEN EXISTS (SELECT 1 FROM production p WHERE p.id = NEW.production AND p.state = 'recalled')
    OR EXISTS (SELECT 1 FROM misdelivery x WHERE x.production = NEW.production AND x.state = 'open')
  BEGIN SELECT RAISE(ABORT, 'what was recalled or misdelivered is not fetched'); END;
CREATE TRIGGER deposit_recalled BEFORE INSERT ON deposit
  WHEN EXISTS (SELECT 1 FROM production p WHERE p.id = NEW.production AND p.state = 'recalled')
  BEGIN SELECT RAISE(ABORT, 'what was recalled is not put up'); END;
CREATE TRIGGER redirect_gate BEFORE INSERT ON redirect
  WHEN NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.state = 'redirected')
    OR (NEW.despite = 1 AND NOT EXISTS (SELECT 1 FROM person q WHERE q.id = NEW.author AND q.active = 1 AND (q.roles & 4) <> 0))
    OR (NEW.despite = 0 AND EXISTS (SELECT 1 FROM secrecy s WHERE s.legal_order = NEW.legal_order AND s.bars <> 'public'
      AND s.lifted IS NULL AND (s.until IS NULL OR s.until >= NEW.day)))
  BEGIN SELECT RAISE(ABORT, 'a redirect that a bar stands against is counsel''s'); END;

-- What went astray is not laid down for anybody while that is open.
CREATE TRIGGER laid_astray BEFORE INSERT ON laid
  WHEN EXISTS (SELECT 1 FROM misdelivery x WHERE x.production = NEW.production AND x.state = 'open')
  BEGIN SELECT RAISE(ABORT, 'what was misdelivered is not laid down while that is open'); END;
