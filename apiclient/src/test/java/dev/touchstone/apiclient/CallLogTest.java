package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallLogTest {

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.touchstone.apiclient");
  private final Level before = log.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private final VirtualTime time = new VirtualTime();
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final ApiClient client = ApiClient.builder("https://api.test")
      .transport(new ScriptedTransport(request -> {
        time.advance(Duration.ofMillis(5));
        return ScriptedTransport.json(request, statuses.remove(), "1");
      }))
      .time(time)
      .retry(RetryPolicy.builder()
          .maxAttempts(2)
          .transientBackoff((attempt, previous, random) -> Duration.ofSeconds(attempt))
          .build())
      .build();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
    log.setLevel(before);
  }

  @Test
  void tellsOfASuccessThatTookRetries() {
    statuses.addAll(List.of(503, 200));

    client.send(ApiRequest.get("users/{id}", "secret").discard());

    assertThat(lines.list)
        .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
        .containsExactly(
            "DEBUG attempt 1 failed, waiting PT1S: GET users/{id}: HTTP 503; the request may have been"
                + " applied",
            "INFO GET users/{id} succeeded at attempt 2, after PT1.01S");
  }

  @Test
  void mentionsOtherSuccessesToThoseWhoLookForBugs() {
    statuses.add(200);

    client.send(ApiRequest.get("users").discard());

    assertThat(lines.list)
        .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
        .containsExactly("DEBUG GET users succeeded after PT0.005S");
  }

  @Test
  void leavesWhatIsThrownToThoseWhoCatchIt() {
    statuses.add(404);

    var error = catchThrowable(() -> client.send(ApiRequest.get("users").discard()));

    assertThat(lines.list).singleElement().satisfies(line -> {
      assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
      assertThat(line.getFormattedMessage()).isEqualTo(error.getMessage());
      assertThat(line.getThrowableProxy()).isNull();
    });
  }
}
