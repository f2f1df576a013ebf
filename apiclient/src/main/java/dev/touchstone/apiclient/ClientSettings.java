package dev.touchstone.apiclient;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.json.JsonCodec;
import dev.touchstone.apiclient.network.RedirectRules;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of a client have in common. Immutable.
 *
 * @param jsonHeaders the default headers with an {@code Accept} for JSON, if they have none
 */
record ClientSettings(
    @Nullable HttpUrl baseUrl,
    JsonCodec codec,
    @Nullable RequestAuthenticator authenticator,
    Set<Target> credentialOrigins,
    okhttp3.Headers defaultHeaders,
    okhttp3.Headers jsonHeaders,
    RetryPolicy retry,
    RedirectRules redirects,
    Redaction redaction,
    ErrorMapper errors,
    Duration timeout,
    Duration attemptTimeout,
    long maxResponseBytes,
    int maxErrorBytes,
    TimeSource time,
    Supplier<? extends RandomGenerator> random,
    Function<ApiRequest<?>, String> grouping,
    @Nullable IdempotencyKeys idempotencyKeys,
    CallObserver observer,
    Protection protection) {

  private static final IdempotencyKeys USUAL = IdempotencyKeys.bare("Idempotency-Key");

  Target target(HttpUrl url, ApiRequest<?> request) {
    return Target.of(url, grouping.apply(request));
  }

  /** Returns whether credentials may travel to a URL. */
  boolean trusts(HttpUrl url) {
    for (var origin : credentialOrigins) {
      if (origin.isOriginOf(url)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the header fields of a request before credentials. */
  okhttp3.Headers headers(ApiRequest<?> request, HttpUrl url) {
    var usual = request.type() instanceof ResponseType.Json ? jsonHeaders : defaultHeaders;
    var defaults = baseUrl == null || trusts(url) ? usual : harmless(usual);
    var own = request.headers();
    if (own.isEmpty()) {
      return defaults;
    }
    var headers = defaults.newBuilder();
    for (var i = 0; i < own.size(); i += 2) {
      headers.removeAll(own.get(i));
    }
    for (var i = 0; i < own.size(); i += 2) {
      headers.add(own.get(i), own.get(i + 1));
    }
    return headers.build();
  }

  /** Returns the idempotency key of a call; empty if it has none. */
  Optional<String> idempotencyKey(ApiRequest<?> request) {
    if (idempotencyKeys == null) {
      return request.idempotencyKey();
    }
    var own = request.idempotencyKey();
    var generated = request.method().equals("POST") || request.method().equals("PATCH");
    return own.isPresent() || !generated ? own : Optional.of(idempotencyKeys.next());
  }

  /** Returns how keys are sent. */
  IdempotencyKeys keys() {
    return idempotencyKeys == null ? USUAL : idempotencyKeys;
  }

  /** Returns the fields that may travel to an origin that they were not meant for. */
  okhttp3.Headers harmless(okhttp3.Headers headers) {
    var kept = new okhttp3.Headers.Builder();
    for (var i = 0; i < headers.size(); i++) {
      if (redaction.shows(headers.name(i))) {
        kept.add(headers.name(i), headers.value(i));
      }
    }
    return kept.build();
  }

  RuntimeException notWritable(ApiRequest<?> request, Exception cause) {
    return new IllegalArgumentException(
        request + ": the body could not be written as JSON; check its type", cause);
  }

  Optional<? extends HttpStatusException> mapped(ErrorContext error) {
    return errors.map(error);
  }
}
