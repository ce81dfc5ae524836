-- Moments are ISO 8601 in UTC; nothing is ordered by them. Days are ISO dates.

CREATE TABLE events (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  type    TEXT NOT NULL,
  details TEXT NOT NULL
);

CREATE TABLE counters (
  one               INTEGER PRIMARY KEY CHECK (one = 1),
  next_query        INTEGER NOT NULL,
  next_job          INTEGER NOT NULL,
  next_ticket       INTEGER NOT NULL,
  next_place        INTEGER NOT NULL,
  dealt             INTEGER NOT NULL,
  dispatched_millis INTEGER NOT NULL
);

INSERT INTO counters VALUES (1, 1, 1, 1, 1, 0, 0);

CREATE TABLE queries (
  id             TEXT PRIMARY KEY,
  number         INTEGER NOT NULL UNIQUE,
  user           TEXT NOT NULL,
  name           TEXT NOT NULL,
  rule           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  complexity     INTEGER NOT NULL,
  sources        TEXT NOT NULL, -- one a line
  start_at       TEXT NOT NULL,
  end_at         TEXT NOT NULL,
  sample_percent REAL NOT NULL,
  wish           TEXT NOT NULL,
  status         TEXT NOT NULL,
  submitted      TEXT NOT NULL,
  ended          TEXT,
  close_failures INTEGER NOT NULL,
  live           INTEGER NOT NULL, -- whether there is still something to do for it
  changed        INTEGER NOT NULL  -- the event that last changed it or one of its chunks
);

CREATE INDEX queries_live ON queries (id, changed) WHERE live = 1;

CREATE TABLE chunks (
  query       TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  day         TEXT NOT NULL,
  from_at     TEXT NOT NULL,
  to_at       TEXT NOT NULL,
  records     INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  status      TEXT NOT NULL,
  attempts    INTEGER NOT NULL,
  ticket      INTEGER,
  job         INTEGER,
  read        INTEGER NOT NULL,
  matched     INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  started     TEXT,
  ended       TEXT,
  failure     TEXT NOT NULL,
  PRIMARY KEY (query, day)
) WITHOUT ROWID;

CREATE TABLE jobs (
  number            INTEGER PRIMARY KEY,
  day               TEXT NOT NULL,
  riders            TEXT NOT NULL, -- query ids, the opener first
  started           TEXT NOT NULL,
  ended             TEXT,
  predicted_seconds REAL NOT NULL,
  real_seconds      REAL,
  killed            INTEGER NOT NULL,
  clean             INTEGER NOT NULL, -- whether every chunk of it succeeded
  progress          REAL NOT NULL
);

CREATE INDEX jobs_running ON jobs (number) WHERE ended IS NULL;
CREATE INDEX jobs_clean ON jobs (number) WHERE clean = 1;

CREATE TABLE estimates (
  query TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  seq   INTEGER NOT NULL REFERENCES events (seq), -- what it was made at
  p10   TEXT NOT NULL,
  p50   TEXT NOT NULL,
  p90   TEXT NOT NULL,
  PRIMARY KEY (query, seq)
) WITHOUT ROWID;

CREATE TABLE turns (
  user          TEXT PRIMARY KEY,
  place         INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL, -- in dispatching time, milliseconds
  starved       INTEGER NOT NULL,
  pooled        INTEGER NOT NULL
) WITHOUT ROWID;

PRAGMA application_id = 1212765012;
PRAGMA user_version = 1;
