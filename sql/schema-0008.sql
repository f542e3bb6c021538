-- The desk and the officers' portal (SPEC.md 8): who signs in and how, officers and their agencies, what
-- people keep beside their cases. Each part has its heading.

-- ---------------------------------------------------------------- beside the web
-- Demands that came in by the web, and whether the signed promise to their sender waits: the process that
-- answers the network cannot reach the signer. No evidence; the promise is.
CREATE TABLE receipt (
  demand INTEGER PRIMARY KEY REFERENCES demand (id),
  entry INTEGER NOT NULL REFERENCES entry (id),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  waits INTEGER NOT NULL CHECK (waits = 0 OR waits = 1)
) STRICT;
CREATE INDEX receipt_waiting ON receipt (entry) WHERE waits = 1;
