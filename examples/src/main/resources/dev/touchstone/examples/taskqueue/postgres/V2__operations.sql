-- How long a lease lasts, to tell how much of it is left.
alter table tq_worker add column ttl_ms bigint not null default 15000;

-- Since when the attempt runs that runs now.
alter table tq_job add column started_at timestamptz;

-- History is thrown away from its old end, and dead letters are counted by queue.
create index tq_done_finished on tq_done (finished_at);
create index tq_dead_queue on tq_dead (queue);

-- What workers count, by the minute: rows that are added to, each of them seldom.
create table tq_stat (
  minute timestamptz not null,
  queue text not null,
  measure smallint not null,            -- Measure, its code
  bucket smallint not null,             -- of a length of time; 0 otherwise
  amount bigint not null,
  primary key (minute, queue, measure, bucket)
);
