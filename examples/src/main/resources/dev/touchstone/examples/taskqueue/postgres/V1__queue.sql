-- Numbers of workers and tokens of attempts, so that a later one of either is larger.
create sequence tq_token;

create table tq_worker (
  id bigint primary key default nextval('tq_token'),
  name text not null,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null
);

-- Jobs that have not ended. Those that have are moved away, so that this stays small.
create table tq_job (
  id bigint generated always as identity primary key,
  queue text not null,
  band smallint not null,               -- Priority, its code
  state smallint not null default 1,    -- 1 ready, 2 running
  run_at timestamptz not null,
  attempt int not null default 0,
  max_attempts int not null,
  lost_leases int not null default 0,
  worker_id bigint,
  token bigint,
  cancel boolean not null default false,
  kind text not null,
  version smallint not null,
  payload text not null,
  unique_key text,
  parent_id bigint,                     -- the dead letter that it was made of
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  error text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The states are literals in the statements, or these indexes would not be used.
create index tq_ready on tq_job (queue, band, run_at, id) where state = 1;
create index tq_running on tq_job (worker_id, queue) where state = 2;
create unique index tq_unique on tq_job (unique_key) where unique_key is not null;
create index tq_expiring on tq_job (expires_at) where expires_at is not null;

create table tq_done (
  id bigint primary key,
  queue text not null,
  band smallint not null,
  kind text not null,
  version smallint not null,
  attempt int not null,
  max_attempts int not null,
  created_at timestamptz not null,
  finished_at timestamptz not null default now(),
  run_ms bigint not null,
  payload text not null,
  unique_key text,
  parent_id bigint
);

-- Dead letters: what ended without success, and can be made a job again.
create table tq_dead (
  id bigint primary key,
  outcome smallint not null,            -- JobStatus, its code: 5 dead, 6 cancelled, 7 expired
  queue text not null,
  band smallint not null,
  kind text not null,
  version smallint not null,
  attempt int not null,
  max_attempts int not null,
  created_at timestamptz not null,
  finished_at timestamptz not null default now(),
  payload text not null,
  unique_key text,
  parent_id bigint,
  error text
);

-- How attempts ended that were not the successful one.
create table tq_attempt (
  job_id bigint not null,
  attempt int not null,
  token bigint not null,
  how smallint not null,                -- AttemptEnd, its code
  ended_at timestamptz not null default now(),
  error text not null
);
create index tq_attempt_job on tq_attempt (job_id);

create table tq_step (
  job_id bigint not null,
  name text not null,
  result text not null,
  primary key (job_id, name)
);

create table tq_queue (
  name text primary key,
  paused boolean not null,
  max_running int,
  rate double precision,                -- jobs a second
  burst int,
  tokens double precision,              -- what the bucket held ...
  filled_at timestamptz                 -- ... at this moment
);

create table tq_schedule (
  id text primary key,
  plan text not null,
  next_at timestamptz
);

create table tq_fired (
  schedule_id text not null,
  fire_at timestamptz not null,
  job_id bigint,
  primary key (schedule_id, fire_at)
);
