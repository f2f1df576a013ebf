package dev.touchstone.queues;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** db-scheduler with the polling that its authors call the fastest. */
final class DbSchedulerPeer implements Candidate {

  private static final int BATCH = 1_000;

  /** From the project's own file for PostgreSQL. */
  private static final String TABLE = """
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
        last_success timestamp with time zone, last_failure timestamp with time zone,
        consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
        priority smallint, primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc)""";

  private final HikariDataSource database;
  private final OneTimeTask<Long> task;
  private final SchedulerClient client;
  private volatile Consumer<Long> begun = number -> {};
  private Scheduler scheduler;

  DbSchedulerPeer(HikariDataSource database) throws Exception {
    this.database = database;
    Database.run(database, TABLE);
    task = Tasks.oneTime("nothing", Long.class)
        .execute((instance, context) -> begun.accept(instance.getData()));
    client = SchedulerClient.Builder.create(database, task).build();
  }

  @Override
  public String label() {
    return "db-scheduler";
  }

  @Override
  public int jobs() {
    return 15_000;
  }

  private TaskInstance<Long> job(long number) {
    return task.instance(UUID.randomUUID().toString(), number);
  }

  @Override
  public void enqueue(long number) {
    if (scheduler != null) {
      scheduler.scheduleIfNotExists(job(number), Instant.now()); // tells its own process of it
    } else {
      client.scheduleIfNotExists(job(number), Instant.now());
    }
  }

  @Override
  public void enqueueAll(int count) {
    for (int from = 0; from < count; from += BATCH) {
      List<TaskInstance<?>> batch = LongStream.range(from, Math.min(count, from + BATCH))
          .<TaskInstance<?>>mapToObj(this::job)
          .toList();
      client.scheduleBatch(batch, Instant.now());
    }
  }

  @Override
  public void work(Consumer<Long> consumer) {
    begun = consumer;
    scheduler = Scheduler.create(database, task)
        .threads(WORKERS)
        .pollUsingLockAndFetch(1.0, 4.0)
        .pollingInterval(Duration.ofSeconds(1))
        .enableImmediateExecution()
        .build();
    scheduler.start();
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.stop();
    }
    database.close();
  }
}
