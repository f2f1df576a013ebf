package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.json.JsonCodec;
import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.apiclient.network.RedirectRules;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.paging.Pages;
import dev.touchstone.apiclient.paging.Paginator;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.time.TimeSource;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to JSON APIs, and sends them again where that is right.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="first-call"}
 *
 * <p>A call is over when there is an answer, or when it fails for good: its time limit has passed,
 * the failure is not of the kind that a retry may mend, or the attempts are used up. What cannot
 * have been applied is retried with any method; what may have been applied is retried only if the
 * request is idempotent.
 *
 * <p>Clients are safe for use by several threads. Calls block; they end early when their thread is
 * interrupted. A client of one API is a class that holds one of these, see the README.
 */
public final class ApiClient implements AutoCloseable {

  private final ClientSettings settings;
  private final Resources resources;
  private final boolean owner;
  private volatile boolean closed;

  private ApiClient(ClientSettings settings, Resources resources, boolean owner) {
    this.settings = settings;
    this.resources = resources;
    this.owner = owner;
  }

  /**
   * Returns a builder of a client for one API.
   *
   * @param baseUrl what templates are appended to; its path is kept, with or without a slash at its
   *     end
   * @throws IllegalArgumentException if {@code baseUrl} is not an absolute http or https URL, or has
   *     user information, a query or a fragment
   */
  public static Builder builder(String baseUrl) {
    var builder = new Builder();
    builder.baseUrl = Builder.checkBaseUrl(requireNonNull(baseUrl, "baseUrl"));
    return builder;
  }

  /** Returns a builder of a client for any number of hosts, whose requests have absolute URLs. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Sends a request and returns the body of the answer.
   *
   * @return the body; null only if the request discards it
   * @throws ApiException if the call fails
   * @throws IllegalArgumentException if the URL is invalid or the body has no JSON form
   * @throws IllegalStateException if this client is closed
   */
  public <T extends @Nullable Object> T send(ApiRequest<T> request) {
    return exchange(request).body();
  }

  /**
   * Sends a request and returns the answer.
   *
   * @throws ApiException if the call fails
   * @throws IllegalArgumentException if the URL is invalid or the body has no JSON form
   * @throws IllegalStateException if this client is closed
   */
  public <T extends @Nullable Object> ApiResponse<T> exchange(ApiRequest<T> request) {
    return run(start(request, new CallHandle()));
  }

  /**
   * Sends a request on another thread.
   *
   * <p>Cancelling the future ends the call, whether it waits or is on the wire. Cancelling a stage
   * that depends on it does not.
   *
   * @return a future that fails with an {@link ApiException}
   * @throws IllegalArgumentException if the URL is invalid or the body has no JSON form
   * @throws IllegalStateException if this client is closed
   */
  public <T extends @Nullable Object> CompletableFuture<ApiResponse<T>> exchangeAsync(
      ApiRequest<T> request) {
    var handle = new CallHandle();
    var call = start(request, handle);
    return CallFuture.run(handle, resources.executor(), () -> run(call));
  }

  /**
   * Sends a request and hands the body to the caller as it arrives, with no limit to its length. The
   * type that the request names is not used.
   *
   * <p>Up to the headers this is a call like others. Once the body is being read nothing is retried,
   * because nobody knows what the handler has done with the first half. The time limits hold to the
   * end of the body.
   *
   * @return what the handler returns
   * @throws ApiException if the call fails, or the connection does while the body is read
   * @throws UncheckedIOException if the handler fails with an {@link IOException} of its own
   * @throws IllegalArgumentException if the URL is invalid or the body has no JSON form
   * @throws IllegalStateException if this client is closed
   */
  public <R extends @Nullable Object> R stream(ApiRequest<?> request, BodyHandler<R> handler) {
    requireNonNull(handler, "handler");
    var call = start(request, new CallHandle());
    var opened = new RetryLoop(call).run(Opened::new);
    var attempts = opened.attempts.get();
    try (var response = opened.response) {
      var body = opened.exchange.body(response, Long.MAX_VALUE);
      try {
        return handler.handle(response(opened.exchange, response, (InputStream) body, attempts));
      } catch (IOException failure) {
        throw body.failure() == null
            ? new UncheckedIOException(failure)
            : brokenOff(opened.exchange, body.failure(), attempts);
      }
    } finally {
      opened.admission.leave();
    }
  }

  /**
   * Returns the items of a list whose pages name the next one in a {@code Link} header.
   *
   * @param first the request of the first page
   */
  public <T> Pages<T> pages(ApiRequest<List<T>> first) {
    return Pages.of(this, first, Paginator.linkHeader());
  }

  /**
   * Returns the items of a list that comes in pages.
   *
   * @param first the request of the first page
   * @param paginator knows the way from page to page
   */
  public <P, T> Pages<T> pages(ApiRequest<P> first, Paginator<P, T> paginator) {
    return Pages.of(this, first, paginator);
  }

  /**
   * Returns a client that differs from this one in some settings. The two share connections,
   * threads, retry budget and whatever else the change does not replace.
   *
   * <p>Closing the copy ends only the copy; closing this client closes what they share.
   *
   * @param change is given a builder with the settings of this client; it cannot change {@link
   *     Builder#okHttp}, {@link Builder#transport}, {@link Builder#executor} and {@link
   *     Builder#addressGuard}
   */
  public ApiClient with(Consumer<Builder> change) {
    var builder = new Builder(settings);
    change.accept(builder);
    builder.refuseResources();
    return new ApiClient(builder.settings(), resources, false);
  }

  /**
   * Closes this client: no call starts any more. If it has made its own connections and threads,
   * they are closed too and its calls end with a {@link CancelledException}; what was given to the
   * builder stays open. Closing again does nothing.
   */
  @Override
  public void close() {
    closed = true;
    if (owner) {
      resources.close();
    }
  }

  /** Returns the base URL, if there is one. */
  @Override
  public String toString() {
    var baseUrl = settings.baseUrl();
    return "ApiClient[" + (baseUrl == null ? "any host" : baseUrl) + "]";
  }

  private CallContext start(ApiRequest<?> request, CallHandle handle) {
    requireNonNull(request, "request");
    if (isClosed()) {
      throw new IllegalStateException("the client is closed; make another one");
    }
    return new CallContext(settings, resources.transport(), this::isClosed, request, handle);
  }

  private boolean isClosed() {
    return closed || resources.isClosed();
  }

  /* The request is of the type that its decoder makes: ApiRequest's builder sees to that. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> ApiResponse<T> run(CallContext call) {
    return new RetryLoop(call).run((exchange, response, attempts, admission) -> {
      var body = (T) Decoder.decode(call, exchange, response);
      admission.leave();
      return response(exchange, response, body, attempts.get());
    });
  }

  private static <T extends @Nullable Object> ApiResponse<T> response(
      Exchange exchange, Response response, T body, List<Attempt> attempts) {
    return new ApiResponse<>(
        response.code(), RetryAfterGuard.restore(response), body, exchange.url(), attempts);
  }

  private static ApiException brokenOff(
      Exchange exchange, IOException failure, List<Attempt> attempts) {
    var lost = exchange.lost(failure);
    lost.endedWith(attempts, "its body was being read");
    return lost;
  }

  /** An answer whose body is still to be read. */
  private record Opened(
      Exchange exchange,
      Response response,
      Supplier<List<Attempt>> attempts,
      Admission admission) {}

  /** Builds an {@link ApiClient}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private @Nullable HttpUrl baseUrl;
    private @Nullable OkHttpClient okHttp;
    private Call.@Nullable Factory transport;
    private @Nullable Executor executor;
    private @Nullable AddressGuard addressGuard;
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

    private Builder() {}

    private Builder(ClientSettings settings) {
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

    /**
     * Takes connections, TLS, proxy, DNS, cache and interceptors from the given OkHttp client, which
     * stays the caller's. The default is a client of its own that connects within 5 s.
     *
     * <p>A copy is used whose redirects, retries and authenticator are switched off, because this
     * client has its own.
     */
    public Builder okHttp(OkHttpClient okHttp) {
      this.okHttp = requireNonNull(okHttp, "okHttp");
      return this;
    }

    /**
     * Sets which addresses may be connected to; proxies and a socket factory of {@link #okHttp} are
     * not used then. The default is all.
     */
    public Builder addressGuard(AddressGuard guard) {
      this.addressGuard = requireNonNull(guard, "guard");
      return this;
    }

    /** Sends through something that is not an OkHttp client: a script in a test, say. */
    public Builder transport(Call.Factory transport) {
      this.transport = requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Sets what runs {@link ApiClient#exchangeAsync}; it stays the caller's. The default is a
     * virtual thread for each call from JDK 24 on, and a pool of platform threads before.
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /** Sets the JSON codec. The default is {@link JsonCodec#standard}. */
    public Builder json(JsonCodec codec) {
      this.codec = requireNonNull(codec, "codec");
      return this;
    }

    /**
     * Sets what puts credentials on requests, those to the origin of the base URL and to {@link
     * #credentialOrigins}. The default is none.
     */
    public Builder auth(RequestAuthenticator authenticator) {
      this.authenticator = requireNonNull(authenticator, "authenticator");
      return this;
    }

    /**
     * Adds origins that credentials may travel to, besides that of the base URL.
     *
     * @throws IllegalArgumentException if one is not an absolute http or https URL
     */
    public Builder credentialOrigins(URI... origins) {
      var more = new HashSet<>(credentialOrigins);
      for (var origin : origins) {
        more.add(Target.of(origin));
      }
      credentialOrigins = Set.copyOf(more);
      return this;
    }

    /**
     * Sets a header field for all requests, in place of an earlier default of that name.
     *
     * @throws IllegalArgumentException if a character is not allowed in a header
     */
    public Builder defaultHeader(String name, String value) {
      defaultHeaders = defaultHeaders.newBuilder().set(name, value).build();
      return this;
    }

    /**
     * Declares that the server applies requests with the same idempotency key once, and puts a key
     * on each POST and PATCH, which makes them safe to retry. The default is none.
     */
    public Builder idempotencyKeys(IdempotencyKeys keys) {
      this.idempotencyKeys = requireNonNull(keys, "keys");
      return this;
    }

    /** Sets who is told what calls do. The default is nobody. */
    public Builder observe(CallObserver observer) {
      this.observer = requireNonNull(observer, "observer");
      return this;
    }

    /**
     * Sets what reads the server's quotas from its answers. When one is used up, or the server asks
     * for a pause by {@code Retry-After}, all calls to that target wait; if the wait is longer than
     * the policy or their time limit allows, they fail with a {@link RejectedException} that says
     * when to come back. The default is none: only the call that was refused waits.
     */
    public Builder rateLimits(RateLimitReader... readers) {
      this.rateLimits = List.of(readers);
      return this;
    }

    /**
     * Sets the caller's own quota, of which each attempt takes one. An attempt waits as long as the
     * limiter allows. The default is none.
     */
    @SuppressWarnings("exports")
    public Builder limiter(RateLimiter limiter) {
      this.limiter = requireNonNull(limiter, "limiter");
      return this;
    }

    /**
     * Sets where circuit breakers come from, one for each {@link Target}, under its name. Failures
     * are broken connections, attempts that took too long, and statuses from 500 on. The default is
     * none.
     */
    @SuppressWarnings("exports")
    public Builder circuitBreakers(CircuitBreakerRegistry breakers) {
      this.breakers = requireNonNull(breakers, "breakers");
      return this;
    }

    /**
     * Sets where bulkheads come from, one for each {@link Target}, under its name. An attempt is in
     * it from the moment it is sent until its body is closed. The default is none.
     */
    @SuppressWarnings("exports")
    public Builder bulkheads(BulkheadRegistry bulkheads) {
      this.bulkheads = requireNonNull(bulkheads, "bulkheads");
      return this;
    }

    /** Sets the retry policy. The default is {@link RetryPolicy#standard}. */
    public Builder retry(RetryPolicy policy) {
      this.retry = requireNonNull(policy, "policy");
      return this;
    }

    /** Sets which redirects are followed. The default is {@link RedirectRules#standard}. */
    public Builder redirects(RedirectRules rules) {
      this.redirects = requireNonNull(rules, "rules");
      return this;
    }

    /** Sets what is hidden. The default is {@link Redaction#standard}. */
    public Builder redaction(Redaction rules) {
      this.redaction = requireNonNull(rules, "rules");
      return this;
    }

    /** Sets what makes exceptions of error answers. The default makes the standard ones. */
    public Builder errors(ErrorMapper mapper) {
      this.errors = requireNonNull(mapper, "mapper");
      return this;
    }

    /**
     * Limits each call: waiting, attempts, redirects, reading the body. The default is 60 s.
     *
     * @throws IllegalArgumentException if {@code total} is zero or negative
     */
    public Builder timeout(Duration total) {
      this.timeout = Checks.positive(total, "timeout");
      return this;
    }

    /**
     * Limits each attempt, redirects and reading the body included. The default is 20 s.
     *
     * @throws IllegalArgumentException if {@code each} is zero or negative
     */
    public Builder attemptTimeout(Duration each) {
      this.attemptTimeout = Checks.positive(each, "attemptTimeout");
      return this;
    }

    /**
     * Limits the body of an answer; {@link ApiClient#stream} has no limit. The default is 32 MiB.
     *
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public Builder maxResponseBytes(long max) {
      this.maxResponseBytes = Checks.atLeastOne(max, "maxResponseBytes");
      return this;
    }

    /**
     * Limits how much of the body of an error answer is kept. The default is 64 KiB.
     *
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public Builder maxErrorBytes(int max) {
      this.maxErrorBytes = (int) Checks.atLeastOne(max, "maxErrorBytes");
      return this;
    }

    /** Sets where time comes from. The default is {@link TimeSource#system}. Meant for tests. */
    public Builder time(TimeSource time) {
      this.time = requireNonNull(time, "time");
      return this;
    }

    /** Sets the source of randomness, asked on every wait. Meant for tests. */
    public Builder random(Supplier<? extends RandomGenerator> random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Divides the calls to one origin into groups that have retry budgets of their own. The default
     * is one group.
     *
     * @param grouping names the group of a request
     */
    public Builder grouping(Function<ApiRequest<?>, String> grouping) {
      this.grouping = requireNonNull(grouping, "grouping");
      return this;
    }

    /**
     * Returns a client with these settings.
     *
     * @throws IllegalStateException if {@link #transport} is set together with {@link #okHttp} or
     *     {@link #addressGuard}, or there
     *     are credentials but no base URL and no {@link #credentialOrigins} to send them to
     */
    public ApiClient build() {
      if (okHttp != null && transport != null) {
        throw new IllegalStateException("okHttp and transport exclude each other; set one");
      }
      if (addressGuard != null && transport != null) {
        throw new IllegalStateException("a transport of your own cannot be guarded; use okHttp");
      }
      return new ApiClient(
          settings(), new Resources(okHttp, transport, executor, addressGuard), true);
    }

    private void refuseResources() {
      if (okHttp != null || transport != null || executor != null || addressGuard != null) {
        throw new IllegalStateException(
            "a copy shares okHttp, transport, executor and addressGuard; build another client to change them");
      }
    }

    private ClientSettings settings() {
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

    private @Nullable QuotaGate gate() {
      return rateLimits.isEmpty() ? gate : new QuotaGate(rateLimits, time);
    }

    private static HttpUrl checkBaseUrl(String text) {
      var url = HttpUrl.parse(text);
      if (url == null) {
        throw new IllegalArgumentException(
            "baseUrl must be an absolute http or https URL, was " + text);
      }
      if (!url.username().isEmpty() || !url.password().isEmpty()) {
        throw new IllegalArgumentException("baseUrl must not hold credentials; use auth()");
      }
      if (url.query() != null || url.fragment() != null) {
        throw new IllegalArgumentException("baseUrl must have no query and no fragment");
      }
      var path = url.encodedPath();
      return path.endsWith("/") ? url : url.newBuilder().encodedPath(path + "/").build();
    }
  }
}
