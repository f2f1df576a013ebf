package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.json.JsonCodec;
import dev.touchstone.apiclient.network.RedirectRules;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.time.TimeSource;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The options that a client and its copies may differ in: all but connections and threads, which
 * they share. See {@link ApiClient#builder()} and {@link ApiClient#with}. Not for several threads.
 *
 * @param <B> what the methods return: this object, by its own type
 */
public abstract sealed class ClientOptions<B extends ClientOptions<B>>
    permits ApiClient.Builder, ApiClient.Copy {

  private final @Nullable HttpUrl baseUrl;
  private JsonCodec codec = JsonCodec.standard();
  private @Nullable RequestAuthenticator authenticator;
  private Set<Target> credentialOrigins = Set.of();
  private okhttp3.Headers defaultHeaders = okhttp3.Headers.EMPTY;
  private RetryPolicy retry = RetryPolicy.standard();
  private RedirectRules redirects = RedirectRules.standard();
  private Redaction redaction = Redaction.standard();
  private ErrorMapper errors = error -> Optional.empty();
  private Duration timeout = Duration.ofSeconds(60);
  private Duration attemptTimeout = Duration.ofSeconds(20);
  private long maxResponseBytes = 32L << 20;
  private int maxErrorBytes = 64 << 10;
  private TimeSource time = TimeSource.system();
  private Supplier<? extends RandomGenerator> random = ThreadLocalRandom::current;
  private Function<ApiRequest<?>, String> grouping = request -> "";
  private @Nullable IdempotencyKeys idempotencyKeys;
  private CallObserver observer = CallObserver.none();
  private List<RateLimitReader> rateLimits = List.of();
  private @Nullable QuotaGate gate;
  private @Nullable RateLimiter limiter;
  private @Nullable CircuitBreakerRegistry breakers;
  private @Nullable BulkheadRegistry bulkheads;

  ClientOptions(@Nullable HttpUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  ClientOptions(ClientSettings settings) {
    baseUrl = settings.baseUrl();
    codec = settings.codec();
    authenticator = settings.authenticator();
    credentialOrigins = settings.credentialOrigins();
    defaultHeaders = settings.defaultHeaders();
    retry = settings.retry();
    redirects = settings.redirects();
    redaction = settings.redaction();
    errors = settings.errors();
    timeout = settings.timeout();
    attemptTimeout = settings.attemptTimeout();
    maxResponseBytes = settings.maxResponseBytes();
    maxErrorBytes = settings.maxErrorBytes();
    time = settings.time();
    random = settings.random();
    grouping = settings.grouping();
    idempotencyKeys = settings.idempotencyKeys();
    observer = settings.observer();
    gate = settings.protection().gate();
    limiter = settings.protection().limiter();
    breakers = settings.protection().breakers();
    bulkheads = settings.protection().bulkheads();
  }

  /** Sets the JSON codec. The default is {@link JsonCodec#standard}. */
  public B json(JsonCodec codec) {
    this.codec = requireNonNull(codec, "codec");
    return self();
  }

  /**
   * Sets what puts credentials on requests, those to the origin of the base URL and to {@link
   * #credentialOrigins}. The default is none.
   */
  public B auth(RequestAuthenticator authenticator) {
    this.authenticator = requireNonNull(authenticator, "authenticator");
    return self();
  }

  /**
   * Adds origins that credentials may travel to, besides that of the base URL.
   *
   * @throws IllegalArgumentException if one is not an absolute http or https URL
   */
  public B credentialOrigins(URI... origins) {
    var more = new HashSet<>(credentialOrigins);
    for (var origin : origins) {
      more.add(Target.of(origin));
    }
    credentialOrigins = Set.copyOf(more);
    return self();
  }

  /**
   * Sets a header field for all requests, in place of an earlier default of that name.
   *
   * @throws IllegalArgumentException if a character is not allowed in a header
   */
  public B defaultHeader(String name, String value) {
    Headers.checkValue(name, value);
    defaultHeaders = defaultHeaders.newBuilder().set(name, value).build();
    return self();
  }

  /**
   * Declares that the server applies requests with the same idempotency key once, and puts a key
   * on each POST and PATCH, which makes them safe to retry. The default is none.
   */
  public B idempotencyKeys(IdempotencyKeys keys) {
    this.idempotencyKeys = requireNonNull(keys, "keys");
    return self();
  }

  /** Sets who is told what calls do. The default is nobody. */
  public B observe(CallObserver observer) {
    this.observer = requireNonNull(observer, "observer");
    return self();
  }

  /**
   * Sets what reads the server's quotas from its answers. When one is used up, or the server asks
   * for a pause by {@code Retry-After}, all calls to that target wait; if the wait is longer than
   * the policy or their time limit allows, they fail with a {@link RejectedException} that says
   * when to come back. The default is none: only the call that was refused waits.
   */
  public B rateLimits(RateLimitReader... readers) {
    this.rateLimits = List.of(readers);
    return self();
  }

  /**
   * Sets the caller's own quota, of which each attempt takes one. An attempt waits as long as the
   * limiter allows. The default is none.
   */
  @SuppressWarnings("exports")
  public B limiter(RateLimiter limiter) {
    this.limiter = requireNonNull(limiter, "limiter");
    return self();
  }

  /**
   * Sets where circuit breakers come from, one for each {@link Target}, under its name. Failures
   * are broken connections, attempts that took too long, and statuses from 500 on, even where the
   * request accepts them. The default is none.
   */
  @SuppressWarnings("exports")
  public B circuitBreakers(CircuitBreakerRegistry breakers) {
    this.breakers = requireNonNull(breakers, "breakers");
    return self();
  }

  /**
   * Sets where bulkheads come from, one for each {@link Target}, under its name. An attempt is in
   * it from the moment it is sent until its body is closed. A bulkhead that waits does so past the
   * time limit of the call; its {@code maxWaitDuration} is best left at zero. The default is none.
   */
  @SuppressWarnings("exports")
  public B bulkheads(BulkheadRegistry bulkheads) {
    this.bulkheads = requireNonNull(bulkheads, "bulkheads");
    return self();
  }

  /** Sets the retry policy. The default is {@link RetryPolicy#standard}. */
  public B retry(RetryPolicy policy) {
    this.retry = requireNonNull(policy, "policy");
    return self();
  }

  /** Sets which redirects are followed. The default is {@link RedirectRules#standard}. */
  public B redirects(RedirectRules rules) {
    this.redirects = requireNonNull(rules, "rules");
    return self();
  }

  /** Sets what is hidden. The default is {@link Redaction#standard}. */
  public B redaction(Redaction rules) {
    this.redaction = requireNonNull(rules, "rules");
    return self();
  }

  /** Sets what makes exceptions of error answers. The default makes the standard ones. */
  public B errors(ErrorMapper mapper) {
    this.errors = requireNonNull(mapper, "mapper");
    return self();
  }

  /**
   * Limits each call: waiting, attempts, redirects, reading the body. The default is 60 s.
   *
   * @throws IllegalArgumentException if {@code total} is zero or negative
   */
  public B timeout(Duration total) {
    this.timeout = Checks.positive(total, "timeout");
    return self();
  }

  /**
   * Limits each attempt, redirects and reading the body included. The default is 20 s.
   *
   * @throws IllegalArgumentException if {@code each} is zero or negative
   */
  public B attemptTimeout(Duration each) {
    this.attemptTimeout = Checks.positive(each, "attemptTimeout");
    return self();
  }

  /**
   * Limits the body of an answer; {@link ApiClient#stream} has no limit. The default is 32 MiB.
   *
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public B maxResponseBytes(long max) {
    this.maxResponseBytes = Checks.atLeastOne(max, "maxResponseBytes");
    return self();
  }

  /**
   * Limits how much of the body of an error answer is kept. The default is 64 KiB.
   *
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public B maxErrorBytes(int max) {
    this.maxErrorBytes = (int) Checks.atLeastOne(max, "maxErrorBytes");
    return self();
  }

  /** Sets where time comes from. The default is {@link TimeSource#system}. Meant for tests. */
  public B time(TimeSource time) {
    this.time = requireNonNull(time, "time");
    return self();
  }

  /** Sets the source of randomness, asked on every wait. Meant for tests. */
  public B random(Supplier<? extends RandomGenerator> random) {
    this.random = requireNonNull(random, "random");
    return self();
  }

  /**
   * Divides the calls to one origin into groups that have retry budgets of their own. The default
   * is one group.
   *
   * @param grouping names the group of a request
   */
  public B grouping(Function<ApiRequest<?>, String> grouping) {
    this.grouping = requireNonNull(grouping, "grouping");
    return self();
  }

  /** Returns what was set, as a client keeps it. */
  ClientSettings settings() {
    var origins = new HashSet<>(credentialOrigins);
    if (baseUrl != null) {
      origins.add(Target.of(baseUrl, ""));
    }
    if (authenticator != null && origins.isEmpty()) {
      throw new IllegalStateException("auth needs to know where credentials may travel to;"
          + " give the client a base URL or set credentialOrigins");
    }
    return new ClientSettings(
        baseUrl,
        codec,
        authenticator,
        Set.copyOf(origins),
        defaultHeaders,
        jsonHeaders(),
        retry,
        redirects,
        redaction,
        errors,
        timeout,
        attemptTimeout,
        maxResponseBytes,
        maxErrorBytes,
        time,
        random,
        grouping,
        idempotencyKeys,
        observer,
        new Protection(gate(), limiter, breakers, bulkheads));
  }

  private okhttp3.Headers jsonHeaders() {
    return defaultHeaders.get("Accept") != null
        ? defaultHeaders
        : defaultHeaders.newBuilder().add("Accept", "application/json").build();
  }

  private @Nullable QuotaGate gate() {
    return rateLimits.isEmpty() ? gate : new QuotaGate(rateLimits, time);
  }

  @SuppressWarnings("unchecked") // B is the type of this object: the two subclasses see to that
  private B self() {
    return (B) this;
  }
}
