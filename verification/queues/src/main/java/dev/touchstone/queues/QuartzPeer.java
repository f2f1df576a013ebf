package dev.touchstone.queues;

import static org.quartz.JobBuilder.newJob;
import static org.quartz.TriggerBuilder.newTrigger;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz in a cluster of one, with batches of triggers. */
final class QuartzPeer implements Candidate {

  private static volatile Consumer<Long> begun = number -> {};

  private final HikariDataSource database;
  private final Scheduler scheduler;

  /** Does a job. */
  public static final class Nothing implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      begun.accept(context.getMergedJobDataMap().getLong("number"));
    }
  }

  /** Hands the connections out that the others have as well. */
  private record Pool(HikariDataSource database) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws java.sql.SQLException {
      return database.getConnection();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }

  QuartzPeer(HikariDataSource database) throws Exception {
    this.database = database;
    try (var file =
        Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
      Database.run(database, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
    DBConnectionManager.getInstance().addConnectionProvider("peer", new Pool(database));
    var options = new Properties();
    options.putAll(java.util.Map.of(
        "org.quartz.scheduler.instanceName", "peer-" + UUID.randomUUID(),
        "org.quartz.scheduler.instanceId", "AUTO",
        "org.quartz.scheduler.skipUpdateCheck", "true",
        "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(WORKERS),
        "org.quartz.threadPool.threadCount", String.valueOf(WORKERS),
        "org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX",
        "org.quartz.jobStore.driverDelegateClass",
            "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate",
        "org.quartz.jobStore.dataSource", "peer",
        "org.quartz.jobStore.isClustered", "true",
        "org.quartz.jobStore.acquireTriggersWithinLock", "true"));
    scheduler = new StdSchedulerFactory(options).getScheduler();
  }

  @Override
  public String label() {
    return "Quartz";
  }

  @Override
  public int jobs() {
    return 500;
  }

  @Override
  public void enqueue(long number) throws SchedulerException {
    var id = UUID.randomUUID().toString();
    scheduler.scheduleJob(
        newJob(Nothing.class).withIdentity(id).usingJobData("number", number).build(),
        newTrigger().withIdentity(id).startNow().build());
  }

  @Override
  public void enqueueAll(int count) throws SchedulerException {
    for (int i = 0; i < count; i++) {
      enqueue(i); // it has no other way
    }
  }

  @Override
  public void work(Consumer<Long> consumer) throws SchedulerException {
    begun = consumer;
    scheduler.start();
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not end", e);
    } finally {
      database.close();
    }
  }
}
