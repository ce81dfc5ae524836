-- What users and groups may still read, where that is limited.

CREATE TABLE buckets (
  kind       TEXT NOT NULL, -- a group or a user
  name       TEXT NOT NULL,
  left_bytes BIGINT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;

-- How much of the results of each user's queries is kept. Of what was published before this was
-- counted, nothing is known.

CREATE TABLE kept_results (
  "user" TEXT PRIMARY KEY,
  bytes  BIGINT NOT NULL
) WITHOUT ROWID;

ALTER TABLE chunks ADD COLUMN delivered BIGINT NOT NULL DEFAULT 0;

PRAGMA user_version = 6;
