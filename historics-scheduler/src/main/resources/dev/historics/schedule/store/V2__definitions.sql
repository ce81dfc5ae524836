-- Texts by their hash; whoever comes first with a hash decides. What a text means is no business
-- of this database.

CREATE TABLE definitions (
  hash        TEXT PRIMARY KEY,
  text        TEXT NOT NULL,
  compiled_at TEXT NOT NULL
);

-- The hash of a query that is there already can be named like that of any other.
INSERT OR IGNORE INTO definitions SELECT hash, rule, submitted FROM queries ORDER BY number;

-- Queries and other definitions name a hash and rely on what it stands for.
CREATE TRIGGER definitions_stay_as_they_are BEFORE UPDATE ON definitions
BEGIN
  SELECT RAISE(ABORT, 'a definition is never changed');
END;

CREATE TRIGGER definitions_stay BEFORE DELETE ON definitions
BEGIN
  SELECT RAISE(ABORT, 'a definition is never removed');
END;

PRAGMA user_version = 2;
