package dev.touchstone.examples.clients.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.ServerErrorException;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubTest {

  private static final NewIssue ISSUE = new NewIssue("new", "It is broken.", List.of("bug"));

  private final Instant start = Instant.now();
  private final VirtualTime time = new VirtualTime(start);

  @AutoClose
  private GitHubServer server;

  @AutoClose
  private ApiClient client;

  @AutoClose
  private GitHub gitHub;

  @BeforeEach
  void connect() throws Exception {
    server = new GitHubServer();
    client = ApiClient.builder(server.url())
        .auth(RequestAuthenticator.bearer(() -> GitHubServer.TOKEN))
        .time(time)
        .build();
    gitHub = GitHub.over(client);
  }

  @Test
  void readsARepository() {
    assertThat(gitHub.repo("octo", "hello")).isEqualTo(new Repo(1, "octo/hello", 80));

    var request = server.seen().getFirst();
    assertThat(request.header("Accept")).isEqualTo("application/vnd.github+json");
    assertThat(request.header("X-github-api-version")).isEqualTo("2022-11-28");
  }

  @Test
  void readsAllPagesOfIssues() {
    assertThat(gitHub.issues("octo", "hello"))
        .containsExactly(new Issue(2, "page 1", "open"), new Issue(1, "page 2", "open"));
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void readsNoPageMoreThanItIsAskedFor() {
    assertThat(gitHub.issues("octo", "hello").stream().findFirst()).isPresent();
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void doesNotReadAgainWhatHasNotChanged(@TempDir Path folder) throws Exception {
    try (var cache = new Cache(folder.toFile(), 1 << 20);
        var caching = ApiClient.builder(server.url())
            .auth(RequestAuthenticator.bearer(() -> GitHubServer.TOKEN))
            .okHttp(new OkHttpClient.Builder().cache(cache).build())
            .build();
        var cached = GitHub.over(caching)) {
      var first = cached.repo("octo", "hello");

      assertThat(cached.repo("octo", "hello")).isEqualTo(first);
      assertThat(server.seen().getLast().header("If-none-match")).isEqualTo("\"v1\"");
      assertThat(cache.hitCount()).isEqualTo(1);
    }
  }

  @Nested
  class Issues {

    @Test
    void areOpened() {
      assertThat(gitHub.open("octo", "hello", ISSUE)).isEqualTo(new Issue(3, "new", "open"));
    }

    @Test
    void areOpenedInSecondsOfTheirOwn() {
      var began = System.nanoTime();

      for (var i = 0; i < 4; i++) {
        gitHub.open("octo", "hello", ISSUE);
      }

      // The limiter counts real seconds and the waits take none, so the last one waits for them
      // all,
      // less what the first was late in its own and what this test took.
      var took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(time.sleeps().getLast().plus(took)).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void areNotOpenedTwiceWhenTheServerFails() {
      server.answerNext(new GitHubServer.Answer(502, Map.of(), ""));

      assertThatThrownBy(() -> gitHub.open("octo", "hello", ISSUE))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageContaining("POST is not idempotent");
      assertThat(server.seen()).hasSize(1);
    }

    @Test
    void thatAreNotValidSayWhy() {
      var failure = catchThrowableOfType(
          ValidationException.class,
          () -> gitHub.open("octo", "hello", new NewIssue("", "", List.of())));

      assertThat(failure.fields())
          .containsExactly(new ValidationException.Field("Issue", "title", "missing_field", null));
      assertThat(failure.isWorthRetryingLater()).isFalse();
    }
  }

  @Nested
  class Limit {

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void thatNamesAShortPauseIsWaitedFor(int status) {
      server.limitNext(status, Map.of("Retry-After", "7"));

      assertThat(gitHub.repo("octo", "hello").stars()).isEqualTo(80);
      assertThat(server.seen()).hasSize(2);
      assertThat(waited()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    }

    @Test
    void isWaitedForByPostToo() {
      server.limitNext(403, Map.of("Retry-After", "7"));

      assertThat(gitHub.open("octo", "hello", ISSUE).number()).isEqualTo(3);
      assertThat(waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void thatNamesALongPauseFailsAtOnceAndHoldsTheNextCall() {
      server.limitNext(403, Map.of("Retry-After", "3600"));

      var failure =
          catchThrowableOfType(RateLimitedException.class, () -> gitHub.repo("octo", "hello"));

      assertThat(failure.retryAt()).contains(start.plusSeconds(3600));
      assertThat(time.sleeps()).isEmpty();
      assertThatThrownBy(() -> gitHub.open("octo", "hello", ISSUE))
          .isInstanceOfSatisfying(
              RejectedException.class,
              refused -> assertThat(refused.retryAt()).contains(start.plusSeconds(3600)));
      assertThat(server.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void ofTheQuotaLastsUntilItIsFullAgain(int status) {
      var reset = start.getEpochSecond() + 30;
      server.limitNext(
          status, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "" + reset));

      assertThat(gitHub.repo("octo", "hello").stars()).isEqualTo(80);
      assertThat(waited()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(33));
    }

    @Test
    void ofTheQuotaThatLastsAnHourFailsAtOnce() {
      var reset = start.getEpochSecond() + 3600;
      server.limitNext(403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "" + reset));

      var failure =
          catchThrowableOfType(RateLimitedException.class, () -> gitHub.repo("octo", "hello"));

      assertThat(Duration.between(start, failure.retryAt().orElseThrow()))
          .isBetween(Duration.ofSeconds(3598), Duration.ofSeconds(3601));
      assertThat(time.sleeps()).isEmpty();
      assertThatThrownBy(() -> gitHub.repo("octo", "hello")).isInstanceOf(RejectedException.class);
      assertThat(server.seen()).hasSize(1);
    }

    @Test
    void prefersRetryAfterToTheQuota() {
      var reset = start.getEpochSecond() + 3600;
      server.limitNext(
          403,
          Map.of(
              "Retry-After", "60",
              "X-RateLimit-Remaining", "0",
              "X-RateLimit-Reset", "" + reset));

      var failure =
          catchThrowableOfType(RateLimitedException.class, () -> gitHub.repo("octo", "hello"));

      assertThat(failure.retryAt()).contains(start.plusSeconds(60));
    }

    @Test
    void thatNamesNoPauseLastsAMinute() {
      server.limitNext(403, Map.of("X-RateLimit-Remaining", "17"));

      var failure =
          catchThrowableOfType(RateLimitedException.class, () -> gitHub.repo("octo", "hello"));

      assertThat(failure.retryAt()).contains(start.plusSeconds(60));
      assertThat(server.seen()).hasSize(1);
    }

    private Duration waited() {
      return time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    }
  }

  @Nested
  class Failure {

    @Test
    void ofTheTokenIsNotALimit() {
      try (var stranger = GitHub.connect(server.url(), () -> "guessed")) {
        assertThatThrownBy(() -> stranger.repo("octo", "hello"))
            .isExactlyInstanceOf(ClientErrorException.class)
            .hasMessage("GET repos/{owner}/{name}: HTTP 401; check the credentials");
      }
    }

    @Test
    void ofPermissionIsNotALimit() {
      server.answerNext(new GitHubServer.Answer(
          403, Map.of(), "{\"message\":\"Resource not accessible by integration\"}"));

      assertThatThrownBy(() -> gitHub.repo("octo", "hello"))
          .isExactlyInstanceOf(ClientErrorException.class);
      assertThat(server.seen()).hasSize(1);
    }

    @Test
    void ofAServerIsTriedAgain() {
      server.answerNext(new GitHubServer.Answer(502, Map.of(), ""));

      assertThat(gitHub.repo("octo", "hello").id()).isEqualTo(1);
    }

    @Test
    void withoutAFieldSaysNone() {
      server.answerNext(new GitHubServer.Answer(422, Map.of(), "{\"message\":\"Spammed\"}"));

      assertThatThrownBy(() -> gitHub.open("octo", "hello", ISSUE))
          .isInstanceOfSatisfying(
              ValidationException.class, failure -> assertThat(failure.fields()).isEmpty());
    }
  }
}
