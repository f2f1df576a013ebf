package dev.touchstone.apiclient.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.DeadlineException;
import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.apiclient.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientCredentialsTest {

  private static final URI ENDPOINT = URI.create("https://auth.test/token");

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger tokenRequests = new AtomicInteger();
  private volatile ScriptedTransport.Script tokenScript = this::newToken;

  /** The API takes only the token that was issued last. */
  private volatile String accepted = "Bearer token-1";

  private final ScriptedTransport tokenServer =
      new ScriptedTransport(request -> tokenScript.answer(request));
  private final ScriptedTransport api = new ScriptedTransport(
      request -> ScriptedTransport.json(request, isAccepted(request) ? 200 : 401, ""));
  private final ApiClient tokens =
      ApiClient.builder().transport(tokenServer).time(time).build();
  private final ClientCredentials credentials = ClientCredentials.of(
          tokens, ENDPOINT, "i:d", () -> "s&t", "read", "write")
      .time(time);
  private final ApiClient client = ApiClient.builder("https://api.test/")
      .transport(api)
      .time(time)
      .auth(credentials)
      .build();

  @AfterEach
  void close() {
    client.close();
    tokens.close();
  }

  @Nested
  class TokenRequest {

    @Test
    void isAFormWithBasicAuthentication() throws Exception {
      call();

      var request = tokenServer.requests().getFirst();
      var body = new Buffer();
      request.body().writeTo(body);
      assertThat(request.url().uri()).isEqualTo(ENDPOINT);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(body.readUtf8().split("&"))
          .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=read+write");
      assertThat(request.header("Authorization")).isEqualTo("Basic aSUzQWQ6cyUyNnQ=");
    }

    @Test
    void canHoldIdAndSecretInItsBody() throws Exception {
      var sink = new Sink();

      credentials.inBody().authorize(sink, Deadline.after(Duration.ofSeconds(5), time));

      var request = tokenServer.requests().getFirst();
      var body = new Buffer();
      request.body().writeTo(body);
      assertThat(body.readUtf8().split("&"))
          .containsExactlyInAnyOrder(
              "grant_type=client_credentials",
              "scope=read+write",
              "client_id=i%3Ad",
              "client_secret=s%26t");
      assertThat(request.header("Authorization")).isNull();
    }

    @Test
    void isMadeOnceForManyCalls() {
      call();
      call();

      assertThat(tokenRequests).hasValue(1);
    }
  }

  @Nested
  class Refusal {

    @Test
    void ofAThousandCallsAtOnceMakesOneTokenRequest() throws Exception {
      call();
      accepted = "Bearer token-2";
      var together = new CyclicBarrier(1_000);
      var sent = new AtomicInteger();
      var barred = new ScriptedTransport(request -> {
        if (sent.incrementAndGet() <= 1_000) {
          meet(together);
          return ScriptedTransport.json(request, 401, "");
        }
        return ScriptedTransport.json(request, isAccepted(request) ? 200 : 401, "");
      });
      var busy = ApiClient.builder("https://api.test/")
          .transport(barred)
          .auth(credentials)
          .build();
      var calls = new ArrayList<Future<Integer>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < 1_000; i++) {
          calls.add(
              threads.submit(() -> busy.exchange(ApiRequest.get("a").discard()).status()));
        }
      }

      for (var each : calls) {
        assertThat(each.get()).isEqualTo(200);
      }
      assertThat(tokenRequests).hasValue(2);
    }

    @Test
    void ofAnOldTokenDoesNotReplaceANewerOne() throws Exception {
      var old = credentials.authorize(new Sink(), deadline());
      credentials.refresh(old, challenge(), deadline());

      assertThat(credentials.refresh(old, challenge(), deadline())).isTrue();
      assertThat(tokenRequests).hasValue(2);
    }

    @Test
    void ofTheNewTokenTooIsTheAnswer() {
      accepted = "none";

      assertThatThrownBy(() -> call()).isInstanceOf(ClientErrorException.class);
      assertThat(tokenRequests).hasValue(2);
    }
  }

  @Nested
  class Expiry {

    @Test
    void isAnticipatedInTheBackground() {
      call();
      accepted = "Bearer token-1";
      time.advance(Duration.ofMinutes(55));

      call();

      await().untilAsserted(() -> assertThat(tokenRequests).hasValue(2));
    }

    @Test
    void thatHasPassedMakesCallsWaitForANewToken() {
      call();
      accepted = "Bearer token-2";
      time.advance(Duration.ofHours(1));

      assertThat(call()).isEqualTo(200);
      assertThat(tokenRequests).hasValue(2);
    }

    @Test
    void leavesTheOldTokenInUseIfTheNewOneCannotBeHad() {
      call();
      tokenScript = request -> fail(request, 400);
      time.advance(Duration.ofMinutes(55));

      assertThat(call()).isEqualTo(200);
      await().untilAsserted(() -> assertThat(tokenServer.requests()).hasSize(2));
      assertThat(call()).isEqualTo(200);
    }
  }

  @Nested
  class Failure {

    @Test
    void saysWhatToCheck() {
      tokenScript = request -> fail(request, 401);

      assertThatThrownBy(() -> call())
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.by()).isEqualTo(RejectedException.By.CREDENTIALS))
          .hasMessage(
              "GET a: no token from the authorization server; check the endpoint, the id and"
                  + " the secret")
          .hasCauseInstanceOf(ClientErrorException.class);
      assertThat(api.requests()).isEmpty();
    }

    @Test
    void isRememberedForAGrowingWhile() {
      tokenScript = request -> fail(request, 400);

      assertThat(catchThrowable(() -> call())).isNotNull();
      assertThat(catchThrowable(() -> call())).isNotNull();
      assertThat(tokenServer.requests()).hasSize(1);

      time.advance(Duration.ofSeconds(1));
      assertThat(catchThrowable(() -> call())).isNotNull();
      assertThat(tokenServer.requests()).hasSize(2);

      time.advance(Duration.ofMillis(1_999));
      assertThat(catchThrowable(() -> call())).isNotNull();
      assertThat(tokenServer.requests()).hasSize(2);
    }

    @Test
    void isForgottenAfterASuccess() {
      tokenScript = request -> fail(request, 400);
      assertThat(catchThrowable(() -> call())).isNotNull();
      tokenScript = ClientCredentialsTest.this::newToken;
      time.advance(Duration.ofSeconds(1));

      assertThat(call()).isEqualTo(200);
    }

    @Test
    void isRetriedIfTheServerIsBroken() {
      var first = new AtomicInteger();
      tokenScript =
          request -> first.getAndIncrement() == 0 ? fail(request, 503) : newToken(request);

      assertThat(call()).isEqualTo(200);
    }

    /* An executor that can start no thread throws an error. */
    @Test
    void includesARequestThatCouldNotBeStarted() {
      var failures = new AtomicInteger();
      var flaky = ApiClient.builder()
          .transport(tokenServer)
          .time(time)
          .executor(task -> {
            if (failures.getAndIncrement() == 0) {
              throw new OutOfMemoryError("no thread");
            }
            task.run();
          })
          .build();
      var own = ClientCredentials.of(flaky, ENDPOINT, "id", () -> "secret").time(time);
      var late = Deadline.after(Duration.ofSeconds(5), time);

      assertThatThrownBy(() -> own.authorize(new Sink(), late))
          .isInstanceOf(CredentialException.class)
          .hasRootCauseMessage("no thread");
      time.advance(Duration.ofSeconds(1));
      assertThat(catchThrowable(() -> own.authorize(new Sink(), late))).isNull();
    }

    @Test
    void includesAnAnswerWithoutAToken() {
      tokenScript = request -> ScriptedTransport.json(request, 200, "{\"token_type\":\"mac\"}");

      assertThatThrownBy(() -> call())
          .isInstanceOf(RejectedException.class)
          .hasRootCauseMessage("the answer has no access_token of type bearer");
    }
  }

  @Nested
  class Waiter {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void thatIsInterruptedDoesNotEndTheTokenRequest() throws InterruptedException {
      tokenScript = this::slowToken;
      var failure = new CompletableFuture<Throwable>();
      var thread = Thread.ofPlatform().start(() -> failure.complete(catchThrowable(() -> call())));
      requested.await();

      thread.interrupt();
      assertThat(failure.join()).isExactlyInstanceOf(CancelledException.class);
      answer.countDown();

      assertThat(call()).isEqualTo(200);
      assertThat(tokenRequests).hasValue(1);
      thread.join();
    }

    @Test
    void thatRunsOutOfTimeDoesNotEndTheTokenRequest() {
      tokenScript = this::slowToken;
      var request = ApiRequest.get("a").timeout(Duration.ofMillis(50)).discard();

      assertThatThrownBy(() -> client.send(request)).isExactlyInstanceOf(DeadlineException.class);
      answer.countDown();

      assertThat(call()).isEqualTo(200);
      assertThat(tokenRequests).hasValue(1);
    }

    private Response slowToken(Request request) {
      requested.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new AssertionError("the token request must not be interrupted", e);
      }
      return newToken(request);
    }
  }

  @Test
  void showsNoSecret() {
    call();

    assertThat(credentials).hasToString("ClientCredentials[auth.test]");
  }

  private int call() {
    return client.exchange(ApiRequest.get("a").discard()).status();
  }

  private boolean isAccepted(Request request) {
    return accepted.equals(request.header("Authorization"));
  }

  private Response newToken(Request request) {
    var number = tokenRequests.incrementAndGet();
    return ScriptedTransport.json(
        request,
        200,
        "{\"access_token\":\"token-" + number
            + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  }

  private static Response fail(Request request, int status) {
    return ScriptedTransport.json(request, status, "{\"error\":\"invalid_client\"}");
  }

  private Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(5), time);
  }

  private static Challenge challenge() {
    return new Challenge(401, Headers.of());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Takes what is put on a request and keeps nothing. */
  private static final class Sink implements Outgoing {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public URI uri() {
      return URI.create("https://api.test/a");
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public Optional<byte[]> bodyInMemory() {
      return Optional.empty();
    }

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void addQuery(String name, String value) {}
  }
}
