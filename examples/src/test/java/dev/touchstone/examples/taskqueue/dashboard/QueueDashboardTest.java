package dev.touchstone.examples.taskqueue.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.postgres.PostgresCluster;
import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QueueDashboardTest {

  @RegisterExtension
  static final PostgresCluster cluster = new PostgresCluster();

  private static final List<String> PAGES = List.of(
      "/",
      "/jobs",
      "/queues",
      "/queues/one?name=default",
      "/workers",
      "/dead",
      "/schedules",
      "/health");

  @TempDir
  private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private QueueOnShow queue;

  @BeforeEach
  void open() {
    queue = new QueueOnShow(SqliteStore.open(folder.resolve("queue.db")));
  }

  @AfterEach
  void close() {
    queue.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    var server = queue.dashboard().server();
    return HttpRequest.newBuilder(server.uri().resolve(path))
        .header("Authorization", "Bearer " + server.token());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).header("Accept", "text/html").build());
  }

  private Document page(String path) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  private HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
    var form = fields.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return send(request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build());
  }

  private static String figure(Document page, String label) {
    return page.select(".figures div:has(> dt:containsOwn(" + label + ")) .value")
        .first()
        .text();
  }

  private JobStatus status(long id) {
    return queue.store().jobs(JobFilter.all().only(id), 1).getFirst().status();
  }

  @Nested
  class Overview {

    @Test
    void tellsWhatWaitsRunsAndFailed() throws Exception {
      var page = page("/");

      assertThat(page.title()).isEqualTo("Overview · Queue queue.db");
      assertThat(figure(page, "Ready")).isEqualTo("1");
      assertThat(figure(page, "Running")).isEqualTo("1");
      assertThat(figure(page, "Waiting for their time")).isEqualTo("2");
      assertThat(figure(page, "Dead letters")).isEqualTo("3");
      assertThat(figure(page, "Failed attempts")).isEqualTo("75 %");
      assertThat(figure(page, "Workers")).isEqualTo("1");
      assertThat(page.select("main .head").text())
          .contains("queue 'reports' is paused, and 1 job waits");
      assertThat(page.select("table:has(caption:containsOwn(Times)) td").eachText())
          .contains("≤ 8 ms", "≤ 128 ms");
    }

    @Test
    void isTheSameForPostgres() throws Exception {
      queue.close();
      queue = new QueueOnShow(PostgresStore.open(cluster.newDatabase()));

      for (var path : PAGES) {
        assertThat(page(path).select("h1")).as(path).hasSize(1);
      }
      assertThat(figure(page("/"), "Dead letters")).isEqualTo("3");
      assertThat(page("/jobs?q=status:dead").select("tbody tr")).hasSize(3);
      assertThat(page("/health").select("dt").eachText())
          .contains("Dead rows", "Oldest snapshot", "Commits in");
    }
  }

  @Nested
  class Jobs {

    @Test
    void areListedBySearchAndStatus() throws Exception {
      assertThat(page("/jobs").select("tbody tr")).hasSize(8);
      assertThat(page("/jobs?status=dead").select("tbody tr")).hasSize(3);
      assertThat(page("/jobs?q=kind:mail.*+queue:reports").select("tbody tr")).hasSize(1);
      assertThat(page("/jobs?q=args~CAROL").select("tbody tr th").eachText())
          .containsExactly(String.valueOf(queue.running));
      assertThat(page("/jobs?q=since:1h+error~refused").select("tbody tr")).hasSize(2);
      assertThat(page("/jobs?q=since:soon").select("main .bad").text())
          .isEqualTo(
              "This search is not understood: since: takes a length of time such as 500ms, 1.5s,"
                  + " 10m, 24h or 7d, was 'soon'");
    }

    @Test
    void goOnPageByPage() throws Exception {
      for (int i = 0; i < 60; i++) {
        queue.store().enqueue(List.of(NewJob.builder("many", 1, "{}").build()));
      }

      var first = page("/jobs?q=kind:many");
      var second = page(first.select("main a:containsOwn(Older jobs)").attr("href"));

      assertThat(first.select("tbody tr")).hasSize(50);
      assertThat(second.select("tbody tr")).hasSize(10);
      assertThat(second.select("main a:containsOwn(Older jobs)")).isEmpty();
    }

    @Test
    void tellTheirStoryAndHideSecrets() throws Exception {
      var page = page("/jobs/" + queue.retrying);

      assertThat(page.select(".timeline li").eachText()).first().asString().startsWith("Stored");
      assertThat(page.select(".timeline").text()).contains("Attempt 1: Failed");
      assertThat(page.select("main table").text()).contains("503 Service Unavailable");
      assertThat(page.select("pre").text())
          .contains("\"to\" : \"bob\"", "\"text\" : \"(hidden)\"", "\"apiKey\" : \"(hidden)\"")
          .doesNotContain("dear bob", "k-123");
      assertThat(page("/jobs/" + queue.running).text()).contains("Attempt 1 begins");
      assertThat(get("/jobs/4711").statusCode()).isEqualTo(404);
      assertThat(get("/jobs/x").statusCode()).isEqualTo(404);
    }

    @Test
    void areCancelledAndStarted() throws Exception {
      assertThat(post("/jobs/" + queue.scheduled + "/cancel", Map.of()).statusCode())
          .isEqualTo(303);
      assertThat(status(queue.scheduled)).isEqualTo(JobStatus.CANCELLED);
      assertThat(post("/jobs/" + queue.retrying + "/start", Map.of()).statusCode())
          .isEqualTo(303);
      assertThat(status(queue.retrying)).isEqualTo(JobStatus.READY);

      assertThat(post("/jobs/" + queue.done + "/cancel", Map.of()).statusCode()).isEqualTo(409);
      assertThat(post("/jobs/" + queue.done + "/explode", Map.of()).statusCode())
          .isEqualTo(404);
    }

    @Test
    void areChangedTogetherAfterAPreview() throws Exception {
      var preview = page("/jobs/bulk?action=cancel&q=queue:default");
      var form = preview.select("form[action=/jobs/bulk]").first();
      assertThat(form.select("button").text()).isEqualTo("Cancel 3 jobs");
      var later = queue.store().enqueue(List.of(NewJob.builder("late", 1, "{}").build()));

      post(
          "/jobs/bulk",
          form.select("input[type=hidden]").stream()
              .collect(
                  Collectors.toMap(field -> field.attr("name"), field -> field.attr("value"))));

      assertThat(status(queue.scheduled)).isEqualTo(JobStatus.CANCELLED);
      assertThat(status(queue.retrying)).isEqualTo(JobStatus.CANCELLED);
      assertThat(status(queue.running)).isEqualTo(JobStatus.RUNNING); // asked to stop
      assertThat(later).hasSize(1);
      assertThat(queue.store().count(JobFilter.in(Set.of(JobStatus.READY)))).isEqualTo(2);
    }
  }

  @Nested
  class DeadLetters {

    @Test
    void areGroupedByWhatWentWrong() throws Exception {
      var rows = page("/dead").select("tbody tr");

      assertThat(rows).hasSize(2);
      assertThat(rows.first().text()).startsWith("connection to # refused mail.send 2 ");
      assertThat(rows.last().text()).startsWith(QueueOnShow.HOSTILE.replace("1", "#"));
    }

    @Test
    void areRedrivenAfterALook() throws Exception {
      var group = page(page("/dead").select("tbody a").first().attr("href"));
      assertThat(group.select("tbody tr")).hasSize(2);
      var form = group.select("form:has(button:containsOwn(Redrive))").first();

      post(
          "/dead/group",
          form.select("input[type=hidden]").stream()
              .collect(
                  Collectors.toMap(field -> field.attr("name"), field -> field.attr("value"))));

      assertThat(queue.store().jobs(JobFilter.deadLetters(), 10)).hasSize(1);
      assertThat(queue.store().jobs(JobFilter.in(Set.of(JobStatus.READY)).ofQueue("default"), 10))
          .extracting(job -> job.redriven().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(queue.dead);
    }
  }

  @Nested
  class Queues {

    @Test
    void arePausedResumedAndLimited() throws Exception {
      post("/queues/one", Map.of("name", "default", "change", "pause"));
      assertThat(queue.store().limits("default").isPaused()).isTrue();
      post("/queues/one", Map.of("name", "default", "change", "resume"));
      assertThat(queue.store().limits("default").isPaused()).isFalse();
      post(
          "/queues/one",
          Map.of("name", "default", "change", "limit", "max", "5", "rate", "2.5", "burst", "4"));
      assertThat(queue.store().limits("default").maxRunning()).hasValue(5);
      assertThat(queue.store().limits("default").rate()).contains(new Rate(2.5, 4));

      var refused =
          post("/queues/one", Map.of("name", "default", "change", "limit", "max", "many"));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).startsWith("These limits are not possible: ");
      assertThat(post("/queues/one", Map.of("change", "pause")).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void tellsSchedulesInWords() throws Exception {
    var row = page("/schedules").select("tbody tr").first();

    assertThat(row.text()).startsWith("digest at 08:00 on Monday to Friday, Europe/Berlin");
    assertThat(row.select("li")).hasSize(5);
  }

  @Test
  void tellsHowMuchOfALeaseIsLeft() throws Exception {
    assertThat(page("/workers").select("tbody tr").text())
        .contains("worker-1@host 1 15 min of 15 min");
  }

  @Test
  void givesFiguresToPrometheus() throws Exception {
    var answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("touchstone_queue_jobs{queue=\"default\",state=\"dead\"} 3\n")
        .contains("touchstone_queue_paused{queue=\"reports\"} 1\n")
        .contains("touchstone_queue_last_hour{queue=\"default\",what=\"started\"} 4\n")
        .contains("# TYPE touchstone_queue_worker_lease_seconds gauge\n");
    assertThat(answer.body().lines())
        .allMatch(line -> line.matches(
            "# (HELP|TYPE) touchstone_queue_\\w+ .+|touchstone_queue_\\w+(\\{.*\\})? -?[0-9.E-]+"));
  }

  @Test
  void letsNobodyInWithoutTheToken() throws Exception {
    var address = queue.dashboard().server().uri();
    for (var path : List.of("/metrics", "/jobs", "/dead")) {
      assertThat(send(HttpRequest.newBuilder(address.resolve(path)).build()).statusCode())
          .isEqualTo(401);
    }
    var stranger = HttpRequest.newBuilder(
            URI.create(address + "jobs/" + queue.scheduled + "/cancel"))
        .POST(BodyPublishers.noBody())
        .build();
    assertThat(send(stranger).statusCode()).isEqualTo(401);
    assertThat(status(queue.scheduled)).isEqualTo(JobStatus.SCHEDULED);
  }

  @Test
  void runsNothingThatAJobSays() throws Exception {
    for (var path : PAGES) {
      var page = page(path);

      assertThat(page.select("script")).as(path).hasSize(1);
      assertThat(page.select("main img, [onerror]")).as(path).isEmpty();
    }
  }
}
