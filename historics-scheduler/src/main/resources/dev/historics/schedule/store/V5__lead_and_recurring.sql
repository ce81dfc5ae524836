-- Who dispatches: each leader begins a new generation, and writes only while it is the last.

CREATE TABLE lead (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL
);

INSERT INTO lead VALUES (1, 0);

-- Queries that are asked again and again, and what became of each window.

CREATE TABLE recurring (
  id             TEXT PRIMARY KEY,
  number         INTEGER NOT NULL UNIQUE,
  "user"         TEXT NOT NULL,
  name           TEXT NOT NULL,
  rule           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  complexity     INTEGER NOT NULL,
  sources        TEXT NOT NULL, -- one a line
  start_at       TEXT NOT NULL, -- the first window
  end_at         TEXT NOT NULL,
  sample_percent DOUBLE PRECISION NOT NULL,
  every          TEXT NOT NULL,
  span           TEXT NOT NULL,
  zone           TEXT NOT NULL,
  delay_seconds  INTEGER NOT NULL,
  catch_up       TEXT NOT NULL,
  added          TEXT NOT NULL,
  next_date      TEXT NOT NULL,
  paused         INTEGER NOT NULL,
  former         TEXT
);

-- A window is in here once, so that it is asked for once at most.

CREATE TABLE recurring_windows (
  recurring TEXT NOT NULL REFERENCES recurring (id) ON DELETE CASCADE,
  start_at  TEXT NOT NULL,
  end_at    TEXT NOT NULL,
  query     TEXT, -- none if it was skipped
  PRIMARY KEY (recurring, start_at, end_at)
);

PRAGMA user_version = 5;
