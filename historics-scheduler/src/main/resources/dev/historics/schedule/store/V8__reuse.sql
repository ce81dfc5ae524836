-- What was found before is looked up by the rule.

CREATE INDEX queries_hash ON queries (hash);

PRAGMA user_version = 8;
