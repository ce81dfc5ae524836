-- What was done for everybody, for groups and for users, and where they stand because of it.

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

ALTER TABLE queries ADD COLUMN patient_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chunks ADD COLUMN charge DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE chunks ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chunks ADD COLUMN party_max INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chunks ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;

PRAGMA user_version = 3;
