-- Why a window of a recurring query could not be asked for; empty if nothing is wrong.

ALTER TABLE recurring ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
