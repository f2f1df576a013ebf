package dev.touchstone.examples.taskqueue.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.web.Browser;
import dev.touchstone.examples.web.Browser.Screen;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

class QueueDashboardInBrowserTest {

  @RegisterExtension
  private static final Browser browser = new Browser();

  @TempDir
  private Path folder;

  private QueueOnShow queue;

  @BeforeEach
  void open() {
    queue = new QueueOnShow(SqliteStore.open(folder.resolve("queue.db")));
    browser.begin(queue.dashboard().server().uriWithToken());
  }

  @AfterEach
  void close() {
    browser.forget();
    queue.close();
  }

  private List<String> pages() {
    return List.of(
        "/",
        "/jobs",
        "/jobs/" + queue.retrying,
        "/jobs/bulk?action=cancel",
        "/queues",
        "/queues/one?name=default",
        "/workers",
        "/dead",
        "/schedules",
        "/health");
  }

  private void go(String path) {
    browser.open(queue.dashboard().server().uri().resolve(path));
  }

  private JobStatus status(long id) {
    return queue.store().jobs(JobFilter.all().only(id), 1).getFirst().status();
  }

  @Test
  void followsTheQueueWithoutBeingReloaded() {
    browser.run("window.isSamePage = true");
    assertThat(browser.find(".figures").getText()).contains("Dead letters\n3");

    queue.store().discard(JobFilter.deadLetters(), 10);

    browser.awaitText(".figures", "Dead letters\n0");
    assertThat(browser.run("return window.isSamePage")).isEqualTo(true);
  }

  @Test
  void findsAJobByTheKeyboardAndCancelsIt() {
    browser.press("/");
    browser.press("id:" + queue.scheduled + Keys.ENTER);
    browser.awaitText("h1", "Jobs");
    browser.find("tbody a").click();
    browser.awaitText("h1", "Job " + queue.scheduled);

    browser.find("form[action$=cancel] button").click();

    browser.awaitText(".head", "Cancelled");
    assertThat(status(queue.scheduled)).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void redrivesAGroupOfDeadLetters() {
    go("/dead");
    browser.find("tbody a").click();
    browser.awaitText("main", "Redrive 2 jobs");

    browser.find(".actions button").click();

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(queue.store().jobs(JobFilter.deadLetters(), 10)).hasSize(1));
  }

  @Test
  void keepsWhatIsBeingTypedWhileThePageChanges() {
    go("/queues/one?name=default");
    browser.find("input[name=max]").sendKeys("12");
    browser.find("input[name=rate]").click();
    queue.store().discard(JobFilter.deadLetters(), 10);
    browser.awaitText(".figures", "Dead letters\n0");

    assertThat(browser.find("input[name=max]").getDomProperty("value")).isEqualTo("12");
    browser.find("form:has(input[name=max]) button").click();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(queue.store().limits("default").maxRunning()).hasValue(12));
  }

  @Test
  void runsNothingThatAJobSays() {
    for (var page : pages()) {
      go(page);
      assertThat(browser.run("return window.hacked")).as(page).isNull();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void keepsNobodyFromUsingIt() {
    for (var page : pages()) {
      go(page);
      for (var screen : Screen.values()) {
        for (var scheme : List.of("light", "dark")) {
          browser.show(screen);
          browser.prefer(scheme);

          assertThat(browser.obstacles()).as("%s, %s, %s", page, screen, scheme).isEmpty();
        }
      }
    }
  }
}
