-- How long a lease lasts, to tell how much of it is left.
ALTER TABLE tq_worker ADD COLUMN ttl_ms INTEGER NOT NULL DEFAULT 15000;

-- Since when the attempt runs that runs now.
ALTER TABLE tq_job ADD COLUMN started_at INTEGER;

-- History is thrown away from its old end, and dead letters are counted by queue.
CREATE INDEX tq_done_finished ON tq_done (finished_at);
CREATE INDEX tq_dead_queue ON tq_dead (queue);

-- What workers count, by the minute: rows that are added to, each of them seldom.
CREATE TABLE tq_stat (
  minute INTEGER NOT NULL,
  queue TEXT NOT NULL,
  measure INTEGER NOT NULL,             -- Measure, its code
  bucket INTEGER NOT NULL,              -- of a length of time; 0 otherwise
  amount INTEGER NOT NULL,
  PRIMARY KEY (minute, queue, measure, bucket)
) STRICT, WITHOUT ROWID;
