-- Jobs that ended well, with what decided how long they took. They outlive the queries.

CREATE TABLE observations (
  job               INTEGER PRIMARY KEY,
  sources           TEXT NOT NULL,    -- names with blanks between them
  riders            INTEGER NOT NULL,
  records           INTEGER NOT NULL,
  bytes             INTEGER NOT NULL,
  complexity        INTEGER NOT NULL, -- of all riders' rules together
  sample_percent    REAL NOT NULL,
  matched           INTEGER NOT NULL,
  predicted_seconds REAL NOT NULL,
  real_seconds      REAL NOT NULL
);

-- Estimates as they were made, in seconds from that moment.

CREATE TABLE promises (
  query         TEXT NOT NULL,
  made          TEXT NOT NULL,
  worked        INTEGER NOT NULL, -- dispatching time, milliseconds
  p10           REAL NOT NULL,
  p50           REAL NOT NULL,
  p90           REAL NOT NULL,
  caution       REAL NOT NULL,    -- how many times as wide it was made as it had been computed
  naive_seconds REAL NOT NULL,    -- what two simple estimators said
  fifo_seconds  REAL NOT NULL,
  PRIMARY KEY (query, made)
);

-- Queries that ended well. What was promised of others cannot be judged.

CREATE TABLE finishes (
  query     TEXT PRIMARY KEY,
  number    INTEGER NOT NULL,
  chunks    INTEGER NOT NULL,
  submitted TEXT NOT NULL,
  ended     TEXT NOT NULL,
  worked    INTEGER NOT NULL -- dispatching time, milliseconds
);

CREATE INDEX finishes_number ON finishes (number);

PRAGMA user_version = 4;
