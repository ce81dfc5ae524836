-- When a job has run for too long, in dispatching time, milliseconds; 0 for never.

ALTER TABLE jobs ADD COLUMN deadline BIGINT NOT NULL DEFAULT 0;
