package dev.touchstone.examples.tour;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Overflow;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.pluginapp.PluginHome;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.taskqueue.QueueWorker;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The four applications at work together. It opens the Mineral Cabinet, a web site with APIs, on loopback,
 * and stores a job that crawls it; for each mineral that the crawl finds, a job that asks an API; and one
 * that has plugins make a page of the answers. At last a gateway makes one answer of three APIs.
 *
 * <p>All is kept in a folder: a tour that came to no end, whatever ended it, goes on where it was when
 * there is another in the same folder.
 */
public final class Tour {

  /** The queue that the jobs are in. */
  static final String QUEUE = "tour";

  private static final int CONCURRENCY = 16;
  private static final int GATHERED = 20;
  private static final Duration A_MOMENT = Duration.ofMillis(50);

  private static final Set<JobStatus> LIVE =
      EnumSet.of(JobStatus.READY, JobStatus.SCHEDULED, JobStatus.RETRYING, JobStatus.RUNNING);

  private final EventBus<TourEvent> events;

  /**
   * Creates a tour.
   *
   * @param events is told how it gets on, by the thread that takes the tour
   */
  public Tour(EventBus<TourEvent> events) {
    this.events = requireNonNull(events, "events");
  }

  /** What is done when all jobs are, while everything is still open. */
  @FunctionalInterface
  public interface Guide {

    /** Does it. */
    void show(TourReport report, TourStops stops) throws InterruptedException;
  }

  /**
   * Takes the tour, once each call.
   *
   * @param path where the files go; created if it does not exist
   * @throws IOException if a file cannot be written or no port can be had
   * @throws TourException if a job was given up
   * @throws InterruptedException if the thread is interrupted; another tour in the same folder goes on
   */
  public TourReport take(Path path) throws IOException, InterruptedException {
    return take(path, (report, stops) -> {});
  }

  /**
   * Takes the tour, and shows it to somebody at the end.
   *
   * @param guide shows what is open
   * @throws IOException if a file cannot be written or no port can be had
   * @throws TourException if a job was given up
   * @throws InterruptedException if the thread is interrupted; another tour in the same folder goes on
   */
  public TourReport take(Path path, Guide guide) throws IOException, InterruptedException {
    var folder = new TourFolder(path);
    var time = TimeSource.system();
    var startedAt = time.nanoTime();
    Files.createDirectories(path);
    try (var queue = TaskQueue.open(SqliteStore.open(folder.queue()))) {
      var store = queue.store();
      var unfinished = siteOf(store);
      try (var cabinet = open(unfinished);
          var workbench = Workbench.open(PluginHome.at(folder.plugins()));
          var crawlEvents = EventBus.of(CrawlEvent.class).build()) {
        events.post(new TourEvent.Opened(cabinet.uri(), unfinished.isPresent()));
        workbench.load();
        if (unfinished.isEmpty()) {
          begin(folder, queue, cabinet);
        }
        work(folder, queue, cabinet, workbench, crawlEvents);
        try (var gateway = TourGateway.open(cabinet, folder)) {
          var findings = Findings.of(folder);
          var gathered = gateway.gather(findings.minerals().subList(0, GATHERED));
          var report = new TourReport(
              cabinet.uri(),
              unfinished.isPresent(),
              findings.tally(),
              new Answers(folder).of(findings.minerals()),
              gathered,
              path,
              Duration.ofNanos(time.nanoTime() - startedAt));
          guide.show(
              report,
              new TourStops(
                  folder.crawl(),
                  store,
                  folder.queue().getFileName().toString(),
                  workbench,
                  gateway.gateway(),
                  gateway.traffic()));
          return report;
        }
      }
    }
  }

  /** Returns the site of a tour that came to no end. */
  private static Optional<URI> siteOf(JobStore store) {
    return store.jobs(JobFilter.in(LIVE).ofQueue(QUEUE), 1).stream()
        .map(JobView::payload)
        .map(payload ->
            URI.create(JsonMapper.shared().readTree(payload).path("site").stringValue("")))
        .findFirst();
  }

  /* What is known of the site has its address in it. */
  private static Cabinet open(Optional<URI> unfinished) throws IOException {
    var port = unfinished.map(URI::getPort).orElse(0);
    try {
      return Cabinet.open(port);
    } catch (BindException e) {
      throw new TourException(
          "the tour in this folder came to no end, and its port " + port
              + " is in use; end what uses it, or name another folder",
          e);
    }
  }

  private static void begin(TourFolder folder, TaskQueue queue, Cabinet cabinet)
      throws IOException {
    new Answers(folder).clear();
    CrawlHandler.prepare(folder);
    queue.enqueue(new CrawlSite(cabinet.uri().toString()), options -> options.queue(QUEUE));
  }

  @SuppressWarnings("try") // the worker only has to be there
  private void work(
      TourFolder folder,
      TaskQueue queue,
      Cabinet cabinet,
      Workbench workbench,
      EventBus<CrawlEvent> crawlEvents)
      throws InterruptedException {
    var answers = new Answers(folder);
    // Whoever works does not wait for whoever watches.
    var told = Channel.<TourEvent>builder()
        .capacity(256)
        .overflow(Overflow.DROP_OLDEST)
        .build();
    try (var client = ApiClient.builder(cabinet.uri().toString())
            .auth(RequestAuthenticator.bearer(cabinet::token))
            .build();
        QueueWorker ignored = queue
            .worker()
            .queue(QUEUE, CONCURRENCY)
            .handle(CrawlSite.class, new CrawlHandler(folder, queue, crawlEvents, told))
            .handle(AskForAssay.class, new AssayHandler(client, answers, told))
            .handle(WriteReport.class, new ReportHandler(folder, answers, workbench))
            .start()) {
      await(folder, queue.store(), told);
    }
  }

  private void await(TourFolder folder, JobStore store, Channel<TourEvent> told)
      throws InterruptedException {
    while (true) {
      var event = told.receive(A_MOMENT);
      if (event != null) {
        events.post(event);
      } else if (isDone(folder, store)) {
        return;
      }
    }
  }

  private static boolean isDone(TourFolder folder, JobStore store) {
    store.jobs(JobFilter.deadLetters().ofQueue(QUEUE), 1).stream().findFirst().ifPresent(dead -> {
      throw new TourException("the job " + dead.id() + ", " + dead.kind() + ", was given up: "
          + dead.error().orElse("nobody says why") + "; 'touchstone queue dead --redrive --store "
          + folder.queue() + "' starts it again");
    });
    return store.jobs(JobFilter.in(LIVE).ofQueue(QUEUE), 1).isEmpty();
  }
}
