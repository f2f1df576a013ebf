package dev.touchstone.apiclient.auth;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens by the client credentials grant of OAuth 2.0, and keeps them fresh.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="oauth"}
 *
 * <p>However many calls need a token at once, one token request is made. A token is replaced in the
 * background shortly before it expires, while the old one is still served; a 401 replaces it only if
 * the refused token is the one in use. A caller that stops waiting does not stop the token request.
 *
 * <p>Safe for use by several threads. Callers block only while there is no valid token.
 *
 * <p><b>Source:</b> RFC 6749 sections 2.3.1 and 4.4.
 */
public final class ClientCredentials implements RequestAuthenticator {

  /*
   * All state is one immutable value, replaced by compare-and-set: the token in use, the token
   * request under way, and the last failure. Whoever succeeds in setting a request under way makes
   * it; all others find it there and wait for its future. The request runs on a thread of the token
   * client, so no waiter's interruption or deadline can end it.
   *
   * A failed request fails those who wait for it. Until a pause has passed, which doubles with each
   * failure, further calls fail at once with the same cause: without it, every call of a busy client
   * would make a token request to an authorization server that is down already.
   */

  private static final Duration LEAST_LEAD = Duration.ofSeconds(30);
  private static final double LEAD = 0.1;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  /** Where id and secret are sent. */
  private enum Place {
    HEADER,
    BODY
  }

  private record State(
      @Nullable AccessToken token,
      @Nullable CompletableFuture<AccessToken> flight,
      int failures,
      long pausedUntilNanos,
      @Nullable Throwable lastFailure) {}

  private final ApiClient tokens;
  private final URI endpoint;
  private final String id;
  private final Supplier<String> secret;
  private final List<String> scopes;
  private final Place place;
  private final TimeSource time;
  private final AtomicReference<State> state =
      new AtomicReference<>(new State(null, null, 0, 0, null));

  private ClientCredentials(
      ApiClient tokens,
      URI endpoint,
      String id,
      Supplier<String> secret,
      List<String> scopes,
      Place place,
      TimeSource time) {
    this.tokens = requireNonNull(tokens, "tokens");
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.id = requireNonNull(id, "id");
    this.secret = requireNonNull(secret, "secret");
    this.scopes = scopes;
    this.place = place;
    this.time = requireNonNull(time, "time");
  }

  /**
   * Returns an authenticator that gets tokens from an authorization server.
   *
   * @param tokens makes the token requests; without an authenticator of its own. It stays the
   *     caller's
   * @param endpoint the absolute URL of the token endpoint
   * @param id identifies this client
   * @param secret asked for the client's secret for every token request
   * @param scopes what the tokens are to allow; may be none
   */
  public static ClientCredentials of(
      ApiClient tokens, URI endpoint, String id, Supplier<String> secret, String... scopes) {
    return new ClientCredentials(
        tokens, endpoint, id, secret, List.of(scopes), Place.HEADER, TimeSource.system());
  }

  /** Returns an authenticator with the same settings, another clock and no token yet. */
  public ClientCredentials time(TimeSource time) {
    return new ClientCredentials(tokens, endpoint, id, secret, scopes, place, time);
  }

  /**
   * Returns an authenticator with the same settings and no token yet that sends id and secret as
   * form fields, for servers that do not take them by Basic authentication.
   */
  public ClientCredentials inBody() {
    return new ClientCredentials(tokens, endpoint, id, secret, scopes, Place.BODY, time);
  }

  @Override
  public Credential authorize(Outgoing request, Deadline deadline)
      throws InterruptedException, TimeoutException {
    var token = usable(deadline);
    request.setHeader("Authorization", "Bearer " + token.value());
    return Credential.of(token.generation());
  }

  @Override
  public boolean refresh(Credential used, Challenge challenge, Deadline deadline)
      throws InterruptedException, TimeoutException {
    var token = state.get().token;
    if (token == null || Credential.of(token.generation()).equals(used)) {
      await(fly(token), deadline);
    }
    return true;
  }

  private AccessToken usable(Deadline deadline) throws InterruptedException, TimeoutException {
    var now = time.nanoTime();
    var token = state.get().token;
    if (token == null || token.isExpired(now)) {
      return await(fly(token), deadline);
    }
    if (token.wantsRefresh(now) && !isPaused(state.get(), now)) {
      var unused = fly(token); // it sets the state when it lands
    }
    return token;
  }

  /**
   * Returns the request under way that replaces a token, having made it if there was none. If the
   * token has been replaced already, that is its result.
   */
  private CompletableFuture<AccessToken> fly(@Nullable AccessToken old) {
    while (true) {
      var before = state.get();
      if (before.flight != null) {
        return before.flight;
      }
      if (before.token != null && !before.token.equals(old)) {
        return CompletableFuture.completedFuture(before.token);
      }
      if (before.lastFailure != null && isPaused(before, time.nanoTime())) {
        return CompletableFuture.failedFuture(before.lastFailure);
      }
      var flight = new CompletableFuture<AccessToken>();
      var after = new State(
          before.token, flight, before.failures, before.pausedUntilNanos, before.lastFailure);
      if (state.compareAndSet(before, after)) {
        launch(flight);
        return flight;
      }
    }
  }

  private void launch(CompletableFuture<AccessToken> flight) {
    try {
      var sentAt = time.nanoTime();
      var unused = tokens.exchangeAsync(request()).whenComplete((answer, failure) -> {
        if (failure != null) {
          crash(flight, failure);
        } else {
          land(flight, answer.body(), sentAt);
        }
      });
    } catch (RuntimeException | Error notEvenSent) {
      crash(flight, notEvenSent);
    }
  }

  private ApiRequest<Map<String, Object>> request() {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    if (!scopes.isEmpty()) {
      form.put("scope", String.join(" ", scopes));
    }
    var request = ApiRequest.of("POST", endpoint);
    var password = Supplied.by(secret, "client secret");
    switch (place) {
      case HEADER ->
        request.header("Authorization", BasicAuthentication.encode(encoded(id), encoded(password)));
      case BODY -> {
        form.put("client_id", id);
        form.put("client_secret", password);
      }
    }
    // Asking for a token twice does no harm, so a lost answer may be asked for again.
    return request
        .body(BodySource.form(form))
        .idempotent()
        .as(new TypeRef<Map<String, Object>>() {});
  }

  /* RFC 6749 section 2.3.1: both are form-encoded before they are put into Basic. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /* The names are those of RFC 6749 section 5.1. */
  private void land(
      CompletableFuture<AccessToken> flight, Map<String, Object> answer, long sentAt) {
    var isBearer =
        answer.get("token_type") instanceof String type && type.equalsIgnoreCase("bearer");
    if (!isBearer || !(answer.get("access_token") instanceof String token) || token.isEmpty()) {
      crash(flight, new IllegalStateException("the answer has no access_token of type bearer"));
      return;
    }
    var before = state.get().token;
    var generation = before == null ? 1 : before.generation() + 1;
    var fresh = answer.get("expires_in") instanceof Number seconds
        ? expiring(token, generation, sentAt, Math.max(0, seconds.longValue()))
        : new AccessToken(token, generation, null, null);
    // Only whoever set the flight gets here, and nobody replaces a flight: a plain set is enough.
    state.set(new State(fresh, null, 0, 0, null));
    flight.complete(fresh);
  }

  private static AccessToken expiring(String value, long generation, long sentAt, long seconds) {
    var life = TimeUnit.SECONDS.toNanos(Math.min(seconds, TimeUnit.DAYS.toSeconds(3_650)));
    var lead = (long) Math.max((double) LEAST_LEAD.toNanos(), life * LEAD);
    // Clients that got their tokens together should not all come back together.
    var early = (long) (lead * (1 + 0.2 * ThreadLocalRandom.current().nextDouble()));
    var refresh = sentAt + Math.max(life / 2, life - early);
    return new AccessToken(value, generation, refresh, sentAt + life);
  }

  private void crash(CompletableFuture<AccessToken> flight, Throwable failure) {
    var before = state.get();
    var doublings = Math.min(before.failures, MOST_DOUBLINGS);
    var pause = FIRST_PAUSE.toNanos() << doublings;
    state.set(new State(before.token, null, before.failures + 1, time.nanoTime() + pause, failure));
    flight.completeExceptionally(failure);
  }

  private static boolean isPaused(State state, long nowNanos) {
    return state.lastFailure != null && state.pausedUntilNanos - nowNanos > 0;
  }

  private AccessToken await(CompletableFuture<AccessToken> flight, Deadline deadline)
      throws InterruptedException, TimeoutException {
    try {
      return flight.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      var cause = failed.getCause() == null ? failed : failed.getCause();
      throw new CredentialException(
          "no token from the authorization server; check the endpoint, the id and the secret",
          cause);
    }
  }

  /** Returns the endpoint; neither secret nor token. */
  @Override
  public String toString() {
    return "ClientCredentials[" + endpoint.getHost() + "]";
  }
}
