-- The statement (SPEC.md 5.8): what the provider says in public beside its figures. One table of pieces, each
-- written by one person and published by another; a never-statement and a restraint are cleared in between, by
-- counsel of the compartment. The texts are public or on their way there: nothing in them is sealed, and
-- personal data have no place in them.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  part TEXT NOT NULL CHECK (part = 'update' OR part = 'never' OR part = 'restraint' OR part = 'proceeding'),
  kind TEXT NOT NULL,               -- of a proceeding: what it was; '' otherwise
  state TEXT NOT NULL CHECK (state = 'proposed' OR state = 'cleared' OR state = 'published' OR state = 'withdrawn'),
  number INTEGER UNIQUE CHECK (number > 0),  -- of an update, from its publication: 1, 2, ...
  day INTEGER NOT NULL,             -- dated; never: accurate as of; restraint: since
  until INTEGER,                    -- never: last day on which it is stated; restraint: last day
  title_en TEXT, title_de TEXT, text_en TEXT, text_de TEXT,
  authority_en TEXT, authority_de TEXT, outcome_en TEXT, outcome_de TEXT,
  law TEXT NOT NULL,                -- restraint: the citation; '' otherwise
  law_id TEXT NOT NULL,             -- the rule or band structure it was taken from; '' as entered
  law_verified INTEGER NOT NULL CHECK (law_verified IN (0, 1)),
  editions TEXT NOT NULL,           -- names of editions concerned, with blanks between
  replaces INTEGER REFERENCES statement (id),
  follows INTEGER REFERENCES statement (id),
  writer INTEGER NOT NULL REFERENCES person (id),
  clearer INTEGER REFERENCES person (id),
  publisher INTEGER REFERENCES person (id),
  published INTEGER,                -- instant
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (title_en IS NOT NULL OR title_de IS NOT NULL),
  CHECK (kind = '' OR kind = 'asked' OR kind = 'granted' OR kind = 'request' OR kind = 'talks' OR kind = 'suit' OR
    kind = 'decision' OR kind = 'principle'),
  CHECK ((part = 'proceeding') = (kind <> '')),
  CHECK ((part = 'restraint') = (law <> '')),
  CHECK (law <> '' OR (law_id = '' AND law_verified = 0)),
  CHECK (law_id <> '' OR law_verified = 0),
  CHECK (part <> 'never' OR (until IS NOT NULL AND until > day AND until <= day + 366)),
  CHECK (part = 'never' OR part = 'restraint' OR until IS NULL),
  CHECK (until IS NULL OR until >= day),
  CHECK (follows IS NULL OR part = 'proceeding'),
  CHECK ((publisher IS NULL) = (published IS NULL)),
  CHECK (state <> 'published' OR publisher IS NOT NULL),
  CHECK ((number IS NOT NULL) = (part = 'update' AND published IS NOT NULL)),
  CHECK (publisher IS NULL OR publisher <> writer),
  CHECK (clearer IS NULL OR part = 'never' OR part = 'restraint'),
  CHECK (publisher IS NULL OR part = 'update' OR part = 'proceeding' OR clearer IS NOT NULL)
) STRICT;
CREATE INDEX statement_by_entry ON statement (entry);
CREATE INDEX statement_by_replaces ON statement (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX statement_by_follows ON statement (follows) WHERE follows IS NOT NULL;

CREATE TRIGGER statement_step BEFORE UPDATE ON statement
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'statement changes only with a newer ledger entry'); END;
CREATE TRIGGER statement_begin BEFORE INSERT ON statement
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'statement begins only with a new ledger entry'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statement is never deleted'); END;

CREATE TRIGGER statement_proposed BEFORE INSERT ON statement
  WHEN NEW.state <> 'proposed' OR NEW.clearer IS NOT NULL OR NEW.publisher IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.writer AND p.active = 1 AND (p.roles & 36) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a statement is proposed first, by a publisher or counsel'); END;
-- What was written stays as it was written; what was published stays published, but for what is withdrawn.
CREATE TRIGGER statement_fixed BEFORE UPDATE ON statement
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.part IS DISTINCT FROM OLD.part OR NEW.kind IS DISTINCT FROM OLD.kind
    OR NEW.day IS DISTINCT FROM OLD.day OR NEW.until IS DISTINCT FROM OLD.until
    OR NEW.title_en IS DISTINCT FROM OLD.title_en OR NEW.title_de IS DISTINCT FROM OLD.title_de
    OR NEW.text_en IS DISTINCT FROM OLD.text_en OR NEW.text_de IS DISTINCT FROM OLD.text_de
    OR NEW.authority_en IS DISTINCT FROM OLD.authority_en OR NEW.authority_de IS DISTINCT FROM OLD.authority_de
    OR NEW.outcome_en IS DISTINCT FROM OLD.outcome_en OR NEW.outcome_de IS DISTINCT FROM OLD.outcome_de
    OR NEW.law IS DISTINCT FROM OLD.law OR NEW.law_id IS DISTINCT FROM OLD.law_id
    OR NEW.law_verified IS DISTINCT FROM OLD.law_verified OR NEW.editions IS DISTINCT FROM OLD.editions
    OR NEW.replaces IS DISTINCT FROM OLD.replaces OR NEW.follows IS DISTINCT FROM OLD.follows
    OR NEW.writer IS DISTINCT FROM OLD.writer
    OR (OLD.clearer IS NOT NULL AND NEW.clearer IS DISTINCT FROM OLD.clearer)
    OR (NEW.state = OLD.state AND (NEW.clearer IS DISTINCT FROM OLD.clearer OR NEW.number IS DISTINCT FROM OLD.number
      OR NEW.publisher IS DISTINCT FROM OLD.publisher OR NEW.published IS DISTINCT FROM OLD.published))
    OR (OLD.published IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number
      OR NEW.publisher IS DISTINCT FROM OLD.publisher OR NEW.published IS DISTINCT FROM OLD.published))
  BEGIN SELECT RAISE(ABORT, 'a statement is not rewritten'); END;
CREATE TRIGGER statement_moves BEFORE UPDATE ON statement
  WHEN NEW.state <> OLD.state
    AND NOT ((OLD.state = 'proposed' AND NEW.state = 'cleared' AND NEW.clearer IS NOT NULL AND NEW.publisher IS NULL)
    OR (OLD.state = 'proposed' AND NEW.state = 'published' AND NEW.part <> 'never' AND NEW.part <> 'restraint')
    OR (OLD.state = 'cleared' AND NEW.state = 'published')
    OR ((OLD.state = 'proposed' OR OLD.state = 'cleared') AND NEW.state = 'withdrawn' AND NEW.publisher IS NULL)
    OR (OLD.state = 'published' AND NEW.state = 'withdrawn' AND (NEW.part = 'never' OR NEW.part = 'restraint')))
  BEGIN SELECT RAISE(ABORT, 'a published update or proceeding stands, and nothing skips a step'); END;
CREATE TRIGGER statement_clearer BEFORE UPDATE ON statement
  WHEN NEW.clearer IS NOT NULL AND OLD.clearer IS NULL
    AND (NEW.state <> 'cleared'
      OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.clearer AND p.active = 1 AND p.sealed = 1 AND (p.roles & 4) <> 0))
  BEGIN SELECT RAISE(ABORT, 'counsel of the compartment clears'); END;
CREATE TRIGGER statement_publisher BEFORE UPDATE ON statement
  WHEN NEW.publisher IS NOT NULL AND OLD.publisher IS NULL
    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.publisher AND p.active = 1 AND (p.roles & 32) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a publisher publishes'); END;
CREATE TRIGGER statement_numbers BEFORE UPDATE ON statement
  WHEN NEW.number IS DISTINCT FROM OLD.number AND NEW.number > 1
    AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.number = NEW.number - 1)
  BEGIN SELECT RAISE(ABORT, 'updates are numbered without a gap'); END;
