-- Walls behind the gates of the desk: what a step must not do by a statement that was written wrongly, the
-- schema refuses too. Only guards; no table changes.
-- Roles are bits (person.h): 6 is reviewer or counsel, 4 counsel, 10 collector or reviewer.

-- Who was sent away acts no more, also not by a step that had begun to wait before. (Who goes by this very
-- step, an admin by the own hand, is here to its end.)
CREATE TRIGGER entry_actor BEFORE INSERT ON entry
  WHEN NEW.kind <> 'closed'
    AND EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.actor AND p.active = 0 AND p.entry <> NEW.id)
  BEGIN SELECT RAISE(ABORT, 'nobody acts who was sent away'); END;

-- What an order, a target and an item are does not change under what was decided about them.
CREATE TRIGGER legal_order_fixed BEFORE UPDATE ON legal_order
  WHEN NEW.matter IS DISTINCT FROM OLD.matter OR NEW.seq IS DISTINCT FROM OLD.seq
    OR NEW.instrument IS DISTINCT FROM OLD.instrument OR NEW.class IS DISTINCT FROM OLD.class
    OR NEW.basis IS DISTINCT FROM OLD.basis OR NEW.received IS DISTINCT FROM OLD.received
    OR NEW.emergency IS DISTINCT FROM OLD.emergency OR NEW.demand IS DISTINCT FROM OLD.demand
    OR NEW.cures IS DISTINCT FROM OLD.cures OR NEW.amends IS DISTINCT FROM OLD.amends
  BEGIN SELECT RAISE(ABORT, 'an order is not rewritten'); END;
CREATE TRIGGER matter_fixed BEFORE UPDATE ON matter
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.demand IS DISTINCT FROM OLD.demand
    OR NEW.compartment IS DISTINCT FROM OLD.compartment OR NEW.opened IS DISTINCT FROM OLD.opened
  BEGIN SELECT RAISE(ABORT, 'a case is not rewritten'); END;
CREATE TRIGGER target_fixed BEFORE UPDATE ON target
  WHEN NEW.matter IS DISTINCT FROM OLD.matter OR NEW.specific IS DISTINCT FROM OLD.specific
    OR NEW.corrects IS DISTINCT FROM OLD.corrects
    OR (NEW.value_ct IS NOT NULL AND NEW.value_ct IS DISTINCT FROM OLD.value_ct)
  BEGIN SELECT RAISE(ABORT, 'a target is not rewritten'); END;
CREATE TRIGGER item_fixed BEFORE UPDATE ON item
  WHEN NEW.legal_order IS DISTINCT FROM OLD.legal_order OR NEW.field IS DISTINCT FROM OLD.field
    OR NEW.service IS DISTINCT FROM OLD.service OR NEW.day_from IS DISTINCT FROM OLD.day_from
    OR NEW.day_to IS DISTINCT FROM OLD.day_to OR NEW.fold IS DISTINCT FROM OLD.fold
  BEGIN SELECT RAISE(ABORT, 'an item is not rewritten'); END;
CREATE TRIGGER item_target BEFORE UPDATE ON item
  WHEN NEW.target IS DISTINCT FROM OLD.target
    AND EXISTS (SELECT 1 FROM decision d WHERE d.item = NEW.id AND d.live = 1)
  BEGIN SELECT RAISE(ABORT, 'an item that is decided keeps its target'); END;
-- (Asked by its number alone: a plan made while the table was empty must find it by that, not among all of
-- the item's.)
CREATE TRIGGER item_decision BEFORE UPDATE ON item
  WHEN NEW.decision IS NOT NULL AND NEW.decision IS DISTINCT FROM OLD.decision
    AND (SELECT d.item FROM decision d WHERE d.id = NEW.decision AND d.live = 1) IS DISTINCT FROM NEW.id
  BEGIN SELECT RAISE(ABORT, 'an item takes a decision of its own that stands'); END;

-- The examination (P1, P3): by a person with the role, and not over a finding that fails or waits.
CREATE TRIGGER review_reviewer BEFORE INSERT ON review
  WHEN NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.reviewer AND p.active = 1 AND (p.roles & 6) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a reviewer or counsel examines'); END;
CREATE TRIGGER review_findings BEFORE INSERT ON review
  WHEN NEW.passed = 1 AND EXISTS (SELECT 1 FROM finding f WHERE f.legal_order = NEW.legal_order
    AND f.round = NEW.round AND f.item IS NULL
    AND (f.verdict = 'fail' OR (f.verdict = 'ask' AND f.answer IS DISTINCT FROM 'accept')
      OR (f.verdict = 'counsel' AND f.answer IS DISTINCT FROM 'allow')))
  BEGIN SELECT RAISE(ABORT, 'no examination passes over a finding that fails or waits'); END;

-- Decisions (P2, P3): the people who stand behind one, the second person where the rows alone say that one
-- is due, and no finding of the examined round against it.
CREATE TRIGGER decision_people BEFORE INSERT ON decision
  WHEN NEW.second IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.decider AND p.active = 1 AND (p.roles & 6) <> 0)
    OR (NEW.counsel IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.counsel AND (p.roles & 4) <> 0))
  BEGIN SELECT RAISE(ABORT, 'a reviewer or counsel decides, and the second comes after'); END;
CREATE TRIGGER decision_second_due BEFORE INSERT ON decision
  WHEN NEW.verdict <> 'withhold' AND NEW.second_due = 0 AND EXISTS (SELECT 1 FROM item i
    JOIN legal_order o ON o.id = i.legal_order JOIN matter m ON m.id = o.matter JOIN target t ON t.id = i.target
    WHERE i.id = NEW.item AND (i.fold <> 'noncontent' OR o.emergency = 1 OR m.compartment = 1
      OR o.class = 'national_security' OR o.class = 'emergency' OR t.corrects IS NOT NULL))
  BEGIN SELECT RAISE(ABORT, 'this decision needs a second person'); END;
CREATE TRIGGER decision_findings BEFORE INSERT ON decision
  WHEN NEW.verdict <> 'withhold' AND EXISTS (SELECT 1 FROM finding f
    JOIN review r ON r.id = NEW.review AND r.legal_order = f.legal_order AND r.round = f.round
    WHERE f.legal_order = NEW.legal_order AND (f.item IS NULL OR f.item = NEW.item)
      AND (f.verdict = 'fail' OR (f.verdict = 'ask' AND f.answer IS DISTINCT FROM 'accept')
        OR (f.verdict = 'counsel' AND f.answer IS DISTINCT FROM 'allow')))
  BEGIN SELECT RAISE(ABORT, 'nothing is granted over a finding that fails or waits'); END;
CREATE TRIGGER decision_second BEFORE UPDATE ON decision
  WHEN NEW.second IS DISTINCT FROM OLD.second
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.second AND p.active = 1 AND (p.roles & 6) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a reviewer or counsel is the second person'); END;

-- What leaves (P1, P5): a production is made where a file could join it, and is handed over with files only.
CREATE TRIGGER production_gate BEFORE INSERT ON production
  WHEN NOT EXISTS (SELECT 1 FROM legal_order o WHERE o.id = NEW.legal_order AND o.hold IS NULL
      AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered')
      AND (o.basis = 'order' OR o.basis = 'permitted'))
    OR NOT EXISTS (SELECT 1 FROM decision d WHERE d.legal_order = NEW.legal_order AND d.live = 1 AND d.grants = 1)
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.maker AND p.active = 1 AND (p.roles & 10) <> 0)
  BEGIN SELECT RAISE(ABORT, 'no production of an order that grants nothing'); END;
CREATE TRIGGER production_fixed BEFORE UPDATE ON production
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.legal_order IS DISTINCT FROM OLD.legal_order
    OR NEW.at IS DISTINCT FROM OLD.at OR NEW.maker IS DISTINCT FROM OLD.maker
  BEGIN SELECT RAISE(ABORT, 'a production is not rewritten'); END;
CREATE TRIGGER delivery_gate BEFORE INSERT ON delivery
  WHEN NOT EXISTS (SELECT 1 FROM production_file f WHERE f.production = NEW.production)
    OR NOT EXISTS (SELECT 1 FROM production p JOIN legal_order o ON o.id = p.legal_order
      WHERE p.id = NEW.production AND p.state = 'sealed' AND o.hold IS NULL
        AND (o.state = 'approved' OR o.state = 'produced' OR o.state = 'delivered'))
  BEGIN SELECT RAISE(ABORT, 'no delivery of an empty, stopped or handed-over production'); END;
