-- What may be said (SPEC.md 5.9): what counsel recorded of it, what is known from elsewhere, how many users there
-- are, and why an edition corrects an earlier one. All of it is public or about to be.
CREATE TABLE permission (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,            -- a structure; a band of an edition; a country
  class TEXT NOT NULL,              -- of a bar: the class of demands it is about, '' all
  lo INTEGER, hi INTEGER,           -- of a narrowing: what a reader may come to know; of letters released: how many, as lo
  given INTEGER NOT NULL,           -- day
  until INTEGER,                    -- last day
  title_en TEXT, title_de TEXT, text_en TEXT, text_de TEXT, authority_en TEXT, authority_de TEXT,
  law TEXT NOT NULL,
  counsel INTEGER NOT NULL REFERENCES person (id),
  recorded INTEGER NOT NULL,        -- instant
  ended INTEGER,                    -- instant
  ender INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (kind = 'structure' OR kind = 'narrowing' OR kind = 'released' OR kind = 'prohibited' OR kind = 'not_countable'),
  CHECK (subject <> '' AND law <> ''),
  CHECK (title_en IS NOT NULL OR title_de IS NOT NULL),
  CHECK (class = '' OR kind = 'prohibited' OR kind = 'not_countable'),
  CHECK ((kind = 'narrowing' OR kind = 'released') = (lo IS NOT NULL) AND (kind = 'narrowing') = (hi IS NOT NULL)),
  CHECK (lo IS NULL OR (lo >= 0 AND (hi IS NULL OR hi > lo))),
  CHECK (until IS NULL OR until >= given),
  CHECK ((ended IS NULL) = (ender IS NULL))
) STRICT;
CREATE INDEX permission_by_entry ON permission (entry);

CREATE TABLE known_figure (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL,
  counts TEXT NOT NULL,             -- others: outside of national security; all: with it; category: of a structure
  structure TEXT NOT NULL,
  category TEXT NOT NULL,
  unit TEXT NOT NULL CHECK (unit = 'orders' OR unit = 'accounts'),
  day_from INTEGER NOT NULL,
  day_to INTEGER NOT NULL,
  lo INTEGER NOT NULL,
  hi INTEGER NOT NULL,
  published INTEGER NOT NULL,       -- day
  source TEXT NOT NULL CHECK (source <> ''),
  assumes TEXT NOT NULL,            -- what must be taken for granted before it says anything here; '' nothing
  writer INTEGER NOT NULL REFERENCES person (id),
  recorded INTEGER NOT NULL,
  ended INTEGER,
  ender INTEGER REFERENCES person (id),
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (counts = 'others' OR counts = 'all' OR counts = 'category'),
  CHECK ((counts = 'category') = (structure <> '') AND (counts = 'category') = (category <> '')),
  CHECK (day_to >= day_from AND lo >= 0 AND hi >= lo),
  CHECK ((ended IS NULL) = (ender IS NULL)),
  CHECK (ender IS NULL OR ender <> writer)
) STRICT;
CREATE INDEX known_figure_by_entry ON known_figure (entry);

CREATE TABLE user_base (
  id INTEGER PRIMARY KEY,
  day_from INTEGER NOT NULL,
  day_to INTEGER NOT NULL,
  users INTEGER NOT NULL CHECK (users > 0),
  source TEXT NOT NULL CHECK (source <> ''),
  writer INTEGER NOT NULL REFERENCES person (id),
  recorded INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (day_to >= day_from)
) STRICT;
CREATE INDEX user_base_by_period ON user_base (day_from, day_to);
CREATE INDEX user_base_by_entry ON user_base (entry);

CREATE TABLE edition_cause (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL UNIQUE REFERENCES edition (id),
  title_en TEXT, title_de TEXT, text_en TEXT, text_de TEXT,
  rev INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES stamp (id),
  CHECK (title_en IS NOT NULL OR title_de IS NOT NULL)
) STRICT;
CREATE INDEX edition_cause_by_entry ON edition_cause (entry);

CREATE TRIGGER permission_step BEFORE UPDATE ON permission
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'permission changes only with a newer ledger entry'); END;
CREATE TRIGGER permission_begin BEFORE INSERT ON permission
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'permission begins only with a new ledger entry'); END;
CREATE TRIGGER permission_no_delete BEFORE DELETE ON permission BEGIN SELECT RAISE(ABORT, 'permission is never deleted'); END;
CREATE TRIGGER permission_counsel BEFORE INSERT ON permission
  WHEN NEW.ended IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.counsel AND p.active = 1 AND p.sealed = 1 AND (p.roles & 4) <> 0)
  BEGIN SELECT RAISE(ABORT, 'counsel of the compartment records what may be said'); END;
-- What was recorded stays as it was recorded; all that can become of it is its end.
CREATE TRIGGER permission_fixed BEFORE UPDATE ON permission
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.subject IS DISTINCT FROM OLD.subject
    OR NEW.class IS DISTINCT FROM OLD.class OR NEW.lo IS DISTINCT FROM OLD.lo OR NEW.hi IS DISTINCT FROM OLD.hi
    OR NEW.given IS DISTINCT FROM OLD.given OR NEW.until IS DISTINCT FROM OLD.until
    OR NEW.title_en IS DISTINCT FROM OLD.title_en OR NEW.title_de IS DISTINCT FROM OLD.title_de
    OR NEW.text_en IS DISTINCT FROM OLD.text_en OR NEW.text_de IS DISTINCT FROM OLD.text_de
    OR NEW.authority_en IS DISTINCT FROM OLD.authority_en OR NEW.authority_de IS DISTINCT FROM OLD.authority_de
    OR NEW.law IS DISTINCT FROM OLD.law OR NEW.counsel IS DISTINCT FROM OLD.counsel
    OR NEW.recorded IS DISTINCT FROM OLD.recorded
    OR (OLD.ended IS NOT NULL AND (NEW.ended IS DISTINCT FROM OLD.ended OR NEW.ender IS DISTINCT FROM OLD.ender))
    OR (OLD.ended IS NULL AND NEW.ended IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person p
      WHERE p.id = NEW.ender AND p.active = 1 AND p.sealed = 1 AND (p.roles & 4) <> 0))
  BEGIN SELECT RAISE(ABORT, 'a permission is not rewritten: counsel ends it'); END;

CREATE TRIGGER known_figure_step BEFORE UPDATE ON known_figure
  WHEN NEW.id IS DISTINCT FROM OLD.id OR NEW.entry < OLD.entry OR NEW.rev <> OLD.rev + 1
    OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'known_figure changes only with a newer ledger entry'); END;
CREATE TRIGGER known_figure_begin BEFORE INSERT ON known_figure
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
  BEGIN SELECT RAISE(ABORT, 'known_figure begins only with a new ledger entry'); END;
CREATE TRIGGER known_figure_no_delete BEFORE DELETE ON known_figure BEGIN SELECT RAISE(ABORT, 'known_figure is never deleted'); END;
CREATE TRIGGER known_figure_writer BEFORE INSERT ON known_figure
  WHEN NEW.ended IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.writer AND p.active = 1 AND (p.roles & 36) <> 0)
  BEGIN SELECT RAISE(ABORT, 'a publisher or counsel records what is known'); END;
CREATE TRIGGER known_figure_fixed BEFORE UPDATE ON known_figure
  WHEN NEW.ref IS DISTINCT FROM OLD.ref OR NEW.country IS DISTINCT FROM OLD.country OR NEW.counts IS DISTINCT FROM OLD.counts
    OR NEW.structure IS DISTINCT FROM OLD.structure OR NEW.category IS DISTINCT FROM OLD.category
    OR NEW.unit IS DISTINCT FROM OLD.unit OR NEW.day_from IS DISTINCT FROM OLD.day_from
    OR NEW.day_to IS DISTINCT FROM OLD.day_to OR NEW.lo IS DISTINCT FROM OLD.lo OR NEW.hi IS DISTINCT FROM OLD.hi
    OR NEW.published IS DISTINCT FROM OLD.published OR NEW.source IS DISTINCT FROM OLD.source
    OR NEW.assumes IS DISTINCT FROM OLD.assumes OR NEW.writer IS DISTINCT FROM OLD.writer
    OR NEW.recorded IS DISTINCT FROM OLD.recorded
    OR (OLD.ended IS NOT NULL AND (NEW.ended IS DISTINCT FROM OLD.ended OR NEW.ender IS DISTINCT FROM OLD.ender))
    OR (OLD.ended IS NULL AND NEW.ended IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person p
      WHERE p.id = NEW.ender AND p.active = 1 AND (p.roles & 36) <> 0))
  BEGIN SELECT RAISE(ABORT, 'a known figure is not rewritten: another person ends it'); END;

CREATE TRIGGER user_base_begin BEFORE INSERT ON user_base
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.writer AND p.active = 1 AND (p.roles & 32) <> 0)
  BEGIN SELECT RAISE(ABORT, 'user_base begins only with a new ledger entry, by a publisher'); END;
CREATE TRIGGER user_base_step BEFORE UPDATE ON user_base BEGIN SELECT RAISE(ABORT, 'user_base is append-only'); END;
CREATE TRIGGER user_base_no_delete BEFORE DELETE ON user_base BEGIN SELECT RAISE(ABORT, 'user_base is append-only'); END;

CREATE TRIGGER edition_cause_begin BEFORE INSERT ON edition_cause
  WHEN NEW.rev <> 1 OR EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry)
    OR EXISTS (SELECT 1 FROM edition n WHERE n.id = NEW.edition AND n.state <> 'draft')
  BEGIN SELECT RAISE(ABORT, 'edition_cause begins only with a new ledger entry, before its edition is out'); END;
CREATE TRIGGER edition_cause_step BEFORE UPDATE ON edition_cause BEGIN SELECT RAISE(ABORT, 'edition_cause is append-only'); END;
CREATE TRIGGER edition_cause_no_delete BEFORE DELETE ON edition_cause BEGIN SELECT RAISE(ABORT, 'edition_cause is append-only'); END;
CREATE TRIGGER edition_cause_due BEFORE UPDATE ON edition
  WHEN NEW.state = 'published' AND OLD.state <> 'published'
    AND EXISTS (SELECT 1 FROM edition n WHERE n.day_from = NEW.day_from AND n.day_to = NEW.day_to AND n.state = 'published')
    AND NOT EXISTS (SELECT 1 FROM edition_cause k WHERE k.edition = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'a correction says why'); END;
