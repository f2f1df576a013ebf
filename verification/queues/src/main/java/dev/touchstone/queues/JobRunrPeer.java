package dev.touchstone.queues;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr, the free edition, with the shortest interval of polling that it allows. */
final class JobRunrPeer implements Candidate {

  private static volatile Consumer<Long> begun = number -> {};

  private final HikariDataSource database;
  private final StorageProvider storage;
  private boolean isWorking;

  /** A job that does nothing. */
  public record Nothing(long number) implements JobRequest {
    @Override
    public Class<Handler> getJobRequestHandler() {
      return Handler.class;
    }
  }

  /** Does it. */
  public static final class Handler implements JobRequestHandler<Nothing> {
    @Override
    public void run(Nothing job) {
      begun.accept(job.number());
    }
  }

  JobRunrPeer(HikariDataSource database) {
    this.database = database;
    storage = SqlStorageProviderFactory.using(database);
    JobRunr.configure().useStorageProvider(storage).initialize();
  }

  @Override
  public String label() {
    return "JobRunr";
  }

  @Override
  public int jobs() {
    return 5_000;
  }

  @Override
  public void enqueue(long number) {
    BackgroundJobRequest.enqueue(new Nothing(number));
  }

  @Override
  public void enqueueAll(int count) {
    BackgroundJobRequest.enqueue(LongStream.range(0, count).mapToObj(Nothing::new));
  }

  @Override
  public void work(Consumer<Long> consumer) {
    begun = consumer;
    isWorking = true;
    JobRunr.configure()
        .useStorageProvider(storage)
        .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
            .andWorkerCount(WORKERS)
            .andPollInterval(Duration.ofSeconds(5)))
        .initialize();
  }

  @Override
  public void close() {
    if (isWorking) {
      JobRunr.destroy();
    }
    database.close();
  }
}
