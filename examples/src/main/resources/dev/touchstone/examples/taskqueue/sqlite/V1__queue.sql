-- Times are milliseconds since 1970 in UTC.

-- The last number given to a worker or an attempt, so that a later one of either is larger.
CREATE TABLE tq_token (value INTEGER NOT NULL) STRICT;
INSERT INTO tq_token VALUES (0);

CREATE TABLE tq_worker (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  lease_until INTEGER NOT NULL
) STRICT;

-- Jobs that have not ended. Those that have are moved away, so that this stays small.
CREATE TABLE tq_job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue TEXT NOT NULL,
  band INTEGER NOT NULL,                -- Priority, its code
  state INTEGER NOT NULL DEFAULT 1,     -- 1 ready, 2 running
  run_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  lost_leases INTEGER NOT NULL DEFAULT 0,
  worker_id INTEGER,
  token INTEGER,
  cancel INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT,
  parent_id INTEGER,                    -- the dead letter that it was made of
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  error TEXT
) STRICT;

-- The states are literals in the statements, or these indexes would not be used.
CREATE INDEX tq_ready ON tq_job (queue, band, run_at, id) WHERE state = 1;
CREATE INDEX tq_running ON tq_job (worker_id, queue) WHERE state = 2;
CREATE UNIQUE INDEX tq_unique ON tq_job (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX tq_expiring ON tq_job (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE tq_done (
  id INTEGER PRIMARY KEY,
  queue TEXT NOT NULL,
  band INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  run_ms INTEGER NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT,
  parent_id INTEGER
) STRICT;

-- Dead letters: what ended without success, and can be made a job again.
CREATE TABLE tq_dead (
  id INTEGER PRIMARY KEY,
  outcome INTEGER NOT NULL,             -- JobStatus, its code: 5 dead, 6 cancelled, 7 expired
  queue TEXT NOT NULL,
  band INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  payload TEXT NOT NULL,
  unique_key TEXT,
  parent_id INTEGER,
  error TEXT
) STRICT;

-- How attempts ended that were not the successful one.
CREATE TABLE tq_attempt (
  job_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  token INTEGER NOT NULL,
  how INTEGER NOT NULL,                 -- AttemptEnd, its code
  ended_at INTEGER NOT NULL,
  error TEXT NOT NULL
) STRICT;
CREATE INDEX tq_attempt_job ON tq_attempt (job_id);

CREATE TABLE tq_step (
  job_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (job_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tq_queue (
  name TEXT PRIMARY KEY,
  paused INTEGER NOT NULL,
  max_running INTEGER,
  rate REAL,                            -- jobs a second
  burst INTEGER,
  tokens REAL,                          -- what the bucket held ...
  filled_at INTEGER                     -- ... at this moment
) STRICT;

CREATE TABLE tq_schedule (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL,
  next_at INTEGER
) STRICT;

CREATE TABLE tq_fired (
  schedule_id TEXT NOT NULL,
  fire_at INTEGER NOT NULL,
  job_id INTEGER,
  PRIMARY KEY (schedule_id, fire_at)
) STRICT, WITHOUT ROWID;
