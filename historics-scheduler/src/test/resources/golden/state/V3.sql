-- A state as version 3 of the tables had it: one query is over, one runs, one waits. Never changed.
CREATE TABLE accounts (
  kind            TEXT NOT NULL, -- everybody, a group or a user
  name            TEXT NOT NULL,
  charged_seconds DOUBLE PRECISION NOT NULL,
  mark            DOUBLE PRECISION NOT NULL,
  level           DOUBLE PRECISION NOT NULL,
  due             DOUBLE PRECISION NOT NULL, -- in rounds
  since           BIGINT NOT NULL,
  at_millis       BIGINT NOT NULL, -- in dispatching time
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;
INSERT INTO "accounts" VALUES('EVERYBODY','',7.5,0.0,0.0,2.0,0,0);
INSERT INTO "accounts" VALUES('USER','ann',3.5,3.5,0.0,2.4,1,6000);
INSERT INTO "accounts" VALUES('USER','bob',4.0,4.0,0.0,2.8,2,9000);
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
  failure     TEXT NOT NULL, charge DOUBLE PRECISION NOT NULL DEFAULT 0, deaths INTEGER NOT NULL DEFAULT 0, party_max INTEGER NOT NULL DEFAULT 0, not_before BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (query, day)
) WITHOUT ROWID;
INSERT INTO "chunks" VALUES('00000000000000000001','2017-08-05','2017-08-05T00:00:00Z','2017-08-06T00:00:00Z',1000000,100000000,'SUCCEEDED',1,1,1,1000000,17,0,'2026-11-21T12:00:06Z','2026-11-21T12:00:08Z','',0.0,0,0,0);
INSERT INTO "chunks" VALUES('00000000000000000002','2017-08-06','2017-08-06T00:00:00Z','2017-08-07T00:00:00Z',1000000,100000000,'RUNNING',1,2,2,0,0,0,'2026-11-21T12:00:09Z',NULL,'',4.0,0,0,0);
INSERT INTO "chunks" VALUES('00000000000000000002','2017-08-07','2017-08-07T00:00:00Z','2017-08-08T00:00:00Z',1000000,100000000,'QUEUED',0,NULL,NULL,0,0,0,NULL,NULL,'',0.0,0,0,0);
INSERT INTO "chunks" VALUES('00000000000000000003','2017-08-07','2017-08-07T12:00:00Z','2017-08-08T00:00:00Z',1000000,100000000,'QUEUED',0,NULL,NULL,0,0,0,NULL,NULL,'',0.0,0,0,0);
INSERT INTO "chunks" VALUES('00000000000000000003','2017-08-08','2017-08-08T00:00:00Z','2017-08-09T00:00:00Z',1000000,100000000,'QUEUED',0,NULL,NULL,0,0,0,NULL,NULL,'',0.0,0,0,0);
CREATE TABLE counters (
  one               INTEGER PRIMARY KEY CHECK (one = 1),
  next_query        INTEGER NOT NULL,
  next_job          INTEGER NOT NULL,
  next_ticket       INTEGER NOT NULL,
  next_place        INTEGER NOT NULL,
  dealt             INTEGER NOT NULL,
  dispatched_millis INTEGER NOT NULL
);
INSERT INTO "counters" VALUES(1,4,3,3,5,2,9000);
CREATE TABLE definitions (
  hash        TEXT PRIMARY KEY,
  text        TEXT NOT NULL,
  compiled_at TEXT NOT NULL
);
INSERT INTO "definitions" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','interaction.content exists','2026-11-21T12:00:01Z');
INSERT INTO "definitions" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','interaction.content contains "music"','2026-11-21T12:00:02Z');
INSERT INTO "definitions" VALUES('cccccccccccccccccccccccccccccccc','language.tag == "en"','2026-11-21T12:00:03Z');
CREATE TABLE estimates (
  query TEXT NOT NULL REFERENCES queries (id) ON DELETE CASCADE,
  seq   INTEGER NOT NULL REFERENCES events (seq), -- what it was made at
  p10   TEXT NOT NULL,
  p50   TEXT NOT NULL,
  p90   TEXT NOT NULL,
  PRIMARY KEY (query, seq)
) WITHOUT ROWID;
INSERT INTO "estimates" VALUES('00000000000000000002',2,'2026-11-21T12:00:20Z','2026-11-21T12:00:30Z','2026-11-21T12:00:40Z');
CREATE TABLE events (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  type    TEXT NOT NULL,
  details TEXT NOT NULL
);
INSERT INTO "events" VALUES(1,'2026-11-21T12:00:00Z','submitted','{"query":"00000000000000000001"}');
INSERT INTO "events" VALUES(2,'2026-11-21T12:00:01Z','submitted','{"query":"00000000000000000002"}');
INSERT INTO "events" VALUES(3,'2026-11-21T12:00:02Z','looked','{"started":["j1"]}');
INSERT INTO "events" VALUES(4,'2026-11-21T12:00:03Z','jobEnded','{"job":"j1"}');
INSERT INTO "events" VALUES(5,'2026-11-21T12:00:04Z','submitted','{"query":"00000000000000000003"}');
INSERT INTO "events" VALUES(6,'2026-11-21T12:00:05Z','looked','{"started":["j2"]}');
CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
INSERT INTO "flyway_schema_history" VALUES(1,'1','queue','SQL','V1__queue.sql',1530062770,'','2026-11-21 12:00:00.000',10,1);
INSERT INTO "flyway_schema_history" VALUES(2,'2','definitions','SQL','V2__definitions.sql',1087853672,'','2026-11-21 12:00:00.000',10,1);
INSERT INTO "flyway_schema_history" VALUES(3,'3','accounts','SQL','V3__accounts.sql',-789003187,'','2026-11-21 12:00:00.000',10,1);
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
INSERT INTO "jobs" VALUES(1,'2017-08-05','00000000000000000001','2026-11-21T12:00:06Z','2026-11-21T12:00:08Z',4.0,3.5,0,1,1.0);
INSERT INTO "jobs" VALUES(2,'2017-08-06','00000000000000000002','2026-11-21T12:00:09Z',NULL,4.0,NULL,0,0,0.25);
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
, patient_until BIGINT NOT NULL DEFAULT 0);
INSERT INTO "queries" VALUES('00000000000000000001',1,'ann','query 1','interaction.content exists','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,'tweets','2017-08-05T00:00:00Z','2017-08-06T00:00:00Z',100.0,'RUN','SUCCEEDED','2026-11-21T12:00:01Z','2026-11-21T12:00:09Z',0,0,4,120000);
INSERT INTO "queries" VALUES('00000000000000000002',2,'bob','query 2','interaction.content contains "music"','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',1,'tweets','2017-08-06T00:00:00Z','2017-08-08T00:00:00Z',100.0,'RUN','RUNNING','2026-11-21T12:00:02Z',NULL,0,1,6,120000);
INSERT INTO "queries" VALUES('00000000000000000003',3,'ann','query 3','interaction.content exists','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,'tweets','2017-08-07T12:00:00Z','2017-08-09T00:00:00Z',100.0,'RUN','QUEUED','2026-11-21T12:00:03Z',NULL,0,1,5,120000);
CREATE TABLE turns (
  user          TEXT PRIMARY KEY,
  place         INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL, -- in dispatching time, milliseconds
  starved       INTEGER NOT NULL,
  pooled        INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "turns" VALUES('ann',3,0,0,1);
INSERT INTO "turns" VALUES('bob',4,0,0,1);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
CREATE INDEX queries_live ON queries (id, changed) WHERE live = 1;
CREATE INDEX jobs_running ON jobs (number) WHERE ended IS NULL;
CREATE INDEX jobs_clean ON jobs (number) WHERE clean = 1;
CREATE TRIGGER definitions_stay_as_they_are BEFORE UPDATE ON definitions
BEGIN
  SELECT RAISE(ABORT, 'a definition is never changed');
END;
CREATE TRIGGER definitions_stay BEFORE DELETE ON definitions
BEGIN
  SELECT RAISE(ABORT, 'a definition is never removed');
END;

INSERT INTO "sqlite_sequence" VALUES('events',6);
PRAGMA application_id = 1212765012;
PRAGMA user_version = 3;
