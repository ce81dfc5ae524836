-- The state as a server keeps it: the same tables as in a file, see ../store.
-- Moments are ISO 8601 in UTC; nothing is ordered by them. Days are ISO dates.

CREATE TABLE events (
  seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      TEXT NOT NULL,
  type    TEXT NOT NULL,
  details TEXT NOT NULL
);

CREATE TABLE counters (
  one               BIGINT PRIMARY KEY CHECK (one = 1),
  next_query        BIGINT NOT NULL,
  next_job          BIGINT NOT NULL,
  next_ticket       BIGINT NOT NULL,
  next_place        BIGINT NOT NULL,
  dealt             BIGINT NOT NULL,
  dispatched_millis BIGINT NOT NULL
);

INSERT INTO counters VALUES (1, 1, 1, 1, 1, 0, 0);

CREATE TABLE queries (
  id             TEXT PRIMARY KEY,
  number         BIGINT NOT NULL UNIQUE,
  "user"         TEXT NOT NULL,
  name           TEXT NOT NULL,
  rule           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  complexity     BIGINT NOT NULL,
  sources        TEXT NOT NULL, -- one a line
  start_at       TEXT NOT NULL,
  end_at         TEXT NOT NULL,
  sample_percent DOUBLE PRECISION NOT NULL,
  wish           TEXT NOT NULL,
  status         TEXT NOT NULL,
  submitted      TEXT NOT NULL,
  ended          TEXT,
  patient_until  BIGINT NOT NULL,
  close_failures BIGINT NOT NULL,
  live           BIGINT NOT NULL, -- whether there is still something to do for it
  changed        BIGINT NOT NULL  -- the event that last changed it or one of its chunks
);

CREATE INDEX queries_live ON queries (id, changed) WHERE live = 1;

CREATE TABLE chunks (
  query       TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  day         TEXT NOT NULL,
  from_at     TEXT NOT NULL,
  to_at       TEXT NOT NULL,
  records     BIGINT NOT NULL,
  bytes       BIGINT NOT NULL,
  status      TEXT NOT NULL,
  attempts    BIGINT NOT NULL,
  ticket      BIGINT,
  job         BIGINT,
  read        BIGINT NOT NULL,
  matched     BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  started     TEXT,
  ended       TEXT,
  charge      DOUBLE PRECISION NOT NULL,
  deaths      BIGINT NOT NULL,
  party_max   BIGINT NOT NULL,
  not_before  BIGINT NOT NULL,
  failure     TEXT NOT NULL,
  PRIMARY KEY (query, day)
);

CREATE TABLE jobs (
  number            BIGINT PRIMARY KEY,
  day               TEXT NOT NULL,
  riders            TEXT NOT NULL, -- query ids, the opener first
  started           TEXT NOT NULL,
  ended             TEXT,
  predicted_seconds DOUBLE PRECISION NOT NULL,
  real_seconds      DOUBLE PRECISION,
  killed            BIGINT NOT NULL,
  clean             BIGINT NOT NULL, -- whether every chunk of it succeeded
  progress          DOUBLE PRECISION NOT NULL
);

CREATE INDEX jobs_running ON jobs (number) WHERE ended IS NULL;
CREATE INDEX jobs_clean ON jobs (number) WHERE clean = 1;

CREATE TABLE estimates (
  query TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  seq   BIGINT NOT NULL REFERENCES events (seq), -- what it was made at
  p10   TEXT NOT NULL,
  p50   TEXT NOT NULL,
  p90   TEXT NOT NULL,
  PRIMARY KEY (query, seq)
);

CREATE TABLE turns (
  "user"        TEXT COLLATE "C" PRIMARY KEY,
  place         BIGINT NOT NULL,
  waiting_since BIGINT NOT NULL, -- in dispatching time, milliseconds
  starved       BIGINT NOT NULL,
  pooled        BIGINT NOT NULL
);

CREATE TABLE definitions (
  hash        TEXT PRIMARY KEY,
  text        TEXT NOT NULL,
  compiled_at TEXT NOT NULL
);

CREATE FUNCTION definitions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a definition is never %', TG_ARGV[0];
END
$$;

-- Queries and other definitions name a hash and rely on what it stands for.
CREATE TRIGGER definitions_stay_as_they_are BEFORE UPDATE ON definitions
FOR EACH ROW EXECUTE FUNCTION definitions_stay('changed');

CREATE TRIGGER definitions_stay BEFORE DELETE ON definitions
FOR EACH ROW EXECUTE FUNCTION definitions_stay('removed');

CREATE TRIGGER definitions_stay_together BEFORE TRUNCATE ON definitions
FOR EACH STATEMENT EXECUTE FUNCTION definitions_stay('removed');

-- What was done for everybody, for groups and for users, and where they stand because of it.

CREATE TABLE accounts (
  kind            TEXT COLLATE "C" NOT NULL, -- everybody, a group or a user
  name            TEXT COLLATE "C" NOT NULL,
  charged_seconds DOUBLE PRECISION NOT NULL,
  mark            DOUBLE PRECISION NOT NULL,
  level           DOUBLE PRECISION NOT NULL,
  due             DOUBLE PRECISION NOT NULL, -- in rounds
  since           BIGINT NOT NULL,
  at_millis       BIGINT NOT NULL, -- in dispatching time
  PRIMARY KEY (kind, name)
);

-- Jobs that ended well, with what decided how long they took. They outlive the queries.

CREATE TABLE observations (
  job               BIGINT PRIMARY KEY,
  sources           TEXT NOT NULL,    -- names with blanks between them
  riders            BIGINT NOT NULL,
  records           BIGINT NOT NULL,
  bytes             BIGINT NOT NULL,
  complexity        BIGINT NOT NULL, -- of all riders' rules together
  sample_percent    DOUBLE PRECISION NOT NULL,
  matched           BIGINT NOT NULL,
  predicted_seconds DOUBLE PRECISION NOT NULL,
  real_seconds      DOUBLE PRECISION NOT NULL
);

-- Estimates as they were made, in seconds from that moment.

CREATE TABLE promises (
  query         TEXT NOT NULL,
  made          TEXT NOT NULL,
  worked        BIGINT NOT NULL, -- dispatching time, milliseconds
  p10           DOUBLE PRECISION NOT NULL,
  p50           DOUBLE PRECISION NOT NULL,
  p90           DOUBLE PRECISION NOT NULL,
  caution       DOUBLE PRECISION NOT NULL, -- how many times as wide it was made as computed
  naive_seconds DOUBLE PRECISION NOT NULL, -- what two simple estimators said
  fifo_seconds  DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (query, made)
);

-- Queries that ended well. What was promised of others cannot be judged.

CREATE TABLE finishes (
  query     TEXT PRIMARY KEY,
  number    BIGINT NOT NULL,
  chunks    BIGINT NOT NULL,
  submitted TEXT NOT NULL,
  ended     TEXT NOT NULL,
  worked    BIGINT NOT NULL -- dispatching time, milliseconds
);

CREATE INDEX finishes_number ON finishes (number);

-- Who dispatches: each leader begins a new generation, and writes only while it is the last.
CREATE TABLE lead (
  one        BIGINT PRIMARY KEY CHECK (one = 1),
  generation BIGINT NOT NULL
);

INSERT INTO lead VALUES (1, 0);

-- Queries that are asked again and again, and what became of each window.

CREATE TABLE recurring (
  id             TEXT PRIMARY KEY,
  number         BIGINT NOT NULL UNIQUE,
  "user"         TEXT NOT NULL,
  name           TEXT NOT NULL,
  rule           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  complexity     BIGINT NOT NULL,
  sources        TEXT NOT NULL, -- one a line
  start_at       TEXT NOT NULL, -- the first window
  end_at         TEXT NOT NULL,
  sample_percent DOUBLE PRECISION NOT NULL,
  every          TEXT NOT NULL,
  span           TEXT NOT NULL,
  zone           TEXT NOT NULL,
  delay_seconds  BIGINT NOT NULL,
  catch_up       TEXT NOT NULL,
  added          TEXT NOT NULL,
  next_date      TEXT NOT NULL,
  paused         BIGINT NOT NULL,
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
