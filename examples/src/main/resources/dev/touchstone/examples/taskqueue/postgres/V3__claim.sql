-- Gives jobs to a worker, in one round trip: asks band after band until there are as many as wanted.
-- A band that had less than was asked for is not asked again.
--
-- The token is taken from the sequence by the update, row by row, when the row is locked already:
-- whoever had the row before has taken his before, so that tokens grow with the attempts. Taken at the
-- start of the statement a token could be older than that of an attempt that came and went between the
-- start and the lock.
--
-- Materialized, because the planner may otherwise run the subquery more than once, and each run would
-- lock other rows.
create function tq_claim(worker bigint, forms text[], queues text[], bands smallint[],
  floors timestamptz[], limits int[], total int) returns setof tq_job language plpgsql as $$
declare
  wanted int;
  taken int;
  is_empty boolean[] := array_fill(false, array[cardinality(bands)]);
begin
  for ask in 1 .. cardinality(bands) loop
    wanted := least(limits[ask], total);
    continue when wanted = 0 or is_empty[ask];
    return query
      with c as materialized (
        select id from tq_job
        where state = 1 and queue = queues[ask] and band = bands[ask]
          and run_at <= statement_timestamp() and run_at >= coalesce(floors[ask], '-infinity')
          and (expires_at is null or attempt > 0 or expires_at > statement_timestamp())
          and kind || '/' || version = any (forms)
          and exists (select from tq_worker w
            where w.id = worker and w.lease_until > statement_timestamp())
        order by run_at, id limit wanted for update skip locked),
      u as (
        update tq_job j set state = 2, attempt = attempt + 1, worker_id = worker,
          token = nextval('tq_token'), started_at = statement_timestamp()
        from c where j.id = c.id
        returning j.*)
      select * from u order by run_at, id;
    get diagnostics taken = row_count;
    total := total - taken;
    if taken < wanted then
      for later in ask .. cardinality(bands) loop
        is_empty[later] := is_empty[later] or (queues[later] = queues[ask] and bands[later] = bands[ask]);
      end loop;
    end if;
  end loop;
end $$;
