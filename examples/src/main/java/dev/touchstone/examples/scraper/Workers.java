package dev.touchstone.examples.scraper;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.examples.scraper.Job.Result;
import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.scraper.extract.Harvest;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The threads that fetch and parse: virtual ones, so as many parse at a time as there are cores. */
final class Workers implements AutoCloseable {

  /*
   * The two channels cannot deadlock on each other: a job is handed in only while fewer are under way
   * than each of the channels holds, so that no send ever waits for the other side, and the only thing
   * that the owner waits for is a result.
   */

  /** Jobs under way for each worker: one being done, one ready for when that is over. */
  private static final int JOBS_PER_WORKER = 2;

  private final PageFetcher fetcher;
  private final Extractor extractor;
  private final Channel<Job> jobs;
  private final Channel<Result> results;
  private final ManagedExecutor threads;
  private int underWay;

  Workers(PageFetcher fetcher, Extractor extractor, int concurrency) {
    this.fetcher = fetcher;
    this.extractor = extractor;
    jobs = Channel.buffered(concurrency * JOBS_PER_WORKER);
    results = Channel.buffered(concurrency * JOBS_PER_WORKER);
    threads = ManagedExecutor.virtual("crawl").concurrency(concurrency).queue(0).build();
    for (int i = 0; i < concurrency; i++) {
      threads.execute(this::work);
    }
  }

  boolean takesMore() {
    return underWay < jobs.capacity();
  }

  int underWay() {
    return underWay;
  }

  /** Hands in a job; {@link #takesMore} must be true. Does not wait. */
  void submit(Job job) {
    if (!jobs.trySend(job)) {
      throw new IllegalStateException("a job was handed in that the workers do not take");
    }
    underWay++;
  }

  /** Returns what has been done, waiting for it for a while; empty if nothing was. */
  List<Result> poll(Duration timeout) throws InterruptedException {
    var first = results.receive(timeout);
    if (first == null) {
      return List.of();
    }
    var done = new ArrayList<Result>();
    done.add(first);
    results.drainTo(done, underWay);
    underWay -= done.size();
    return done;
  }

  /** Takes back the jobs that no worker has begun. */
  void takeBack() {
    var unbegun = new ArrayList<Job>();
    underWay -= jobs.drainTo(unbegun, jobs.capacity());
  }

  private void work() {
    try {
      for (var job : jobs) {
        results.send(perform(job));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error defect) {
      results.close(defect); // the owner must not wait for a result that never comes
    }
  }

  private Result perform(Job job) {
    return switch (job) {
      case Job.FetchPage page -> {
        var fetched = fetcher.fetch(page.lease().link().uri(), page.lease().earlier());
        var harvest = fetched.page().map(extractor::harvest).orElse(Harvest.NOTHING);
        yield new Job.PageFetched(page.lease(), fetched.withoutPage(), harvest);
      }
      case Job.FetchRobots robots ->
        new Job.RobotsFetched(robots.origin(), fetcher.robots(robots.origin()));
    };
  }

  /** Ends the threads; what is under way is given up. */
  @Override
  public void close() {
    jobs.close();
    if (underWay > 0) {
      threads.shutdownNow();
    }
    threads.close();
  }
}
