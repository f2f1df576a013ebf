package dev.touchstone.examples.taskqueue.dashboard;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.admin.Redaction;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.web.Site;
import dev.touchstone.examples.web.WebServer;
import java.time.InstantSource;

/**
 * Serves the dashboard of a queue on a port of loopback, to whoever knows its token. Actions are
 * forms, which the server takes from its own pages only.
 *
 * <p>Safe for use by several threads.
 */
public final class QueueDashboard implements AutoCloseable {

  private final WebServer server;

  private QueueDashboard(WebServer server) {
    this.server = server;
  }

  /**
   * Opens the dashboard of a store, which stays open when the dashboard is closed.
   *
   * @param subject what the store is called, such as the name of its file; without a password
   * @param redaction what is hidden of payloads
   * @param port of loopback; 0 for a free one
   * @throws dev.touchstone.examples.web.WebServerException if the port cannot be had
   */
  public static QueueDashboard open(JobStore store, String subject, Redaction redaction, int port) {
    requireNonNull(redaction, "redaction");
    var data = new QueueData(store, System::nanoTime, InstantSource.system());
    return new QueueDashboard(WebServer.open(site(data, subject, redaction), port));
  }

  private static Site site(QueueData data, String subject, Redaction redaction) {
    var jobs = new JobsPage(data);
    var job = new JobPages(data, redaction);
    var bulk = new BulkPages(data);
    var queues = new QueuesPage(data);
    var dead = new DeadPages(data);
    return Site.builder("Queue", subject)
        .page("/", "Overview", request -> new OverviewPage(data).answer())
        .page("/jobs", "Jobs", jobs::list)
        .get("/jobs/bulk", bulk::preview)
        .post("/jobs/bulk", bulk::apply)
        .get("/jobs/{id}", job::show)
        .post("/jobs/{id}/{action}", job::act)
        .page("/queues", "Queues", request -> queues.list())
        .get("/queues/one", queues::show)
        .post("/queues/one", queues::change)
        .page("/workers", "Workers", request -> new WorkersPage(data).answer())
        .page("/dead", "Dead letters", request -> dead.list())
        .get("/dead/group", dead::show)
        .post("/dead/group", dead::act)
        .page("/schedules", "Schedules", request -> new SchedulesPage(data).answer())
        .page("/health", "Health", request -> new HealthPage(data).answer())
        .get("/metrics", request -> new Metrics(data).answer())
        .search("/jobs", "q", "Find jobs")
        .build();
  }

  /** Returns the server, for its address. */
  public WebServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
