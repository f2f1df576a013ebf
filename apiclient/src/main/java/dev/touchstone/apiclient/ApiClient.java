package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.apiclient.paging.Pages;
import dev.touchstone.apiclient.paging.Paginator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    return new Builder(Builder.checkBaseUrl(requireNonNull(baseUrl, "baseUrl")));
  }

  /** Returns a builder of a client for any number of hosts, whose requests have absolute URLs. */
  public static Builder builder() {
    return new Builder(null);
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
    return run(start(request, null));
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
   * @throws RejectedExecutionException if the executor that was given to the builder refuses
   */
  public <T extends @Nullable Object> CompletableFuture<ApiResponse<T>> exchangeAsync(
      ApiRequest<T> request) {
    var handle = new CallHandle();
    var call = start(request, handle);
    try {
      return CallFuture.run(handle, resources.executor(), () -> run(call));
    } catch (RejectedExecutionException refused) {
      checkOpen(); // closed a moment ago, if the executor is the client's own
      throw refused;
    }
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
    var call = start(request, null);
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
      } catch (RuntimeException failure) {
        // Most readers of lines and of JSON wrap what the stream throws.
        throw body.failure() == null
            ? failure
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
    return pages(first, Paginator.linkHeader());
  }

  /**
   * Returns the items of a list that comes in pages.
   *
   * @param first the request of the first page
   * @param paginator knows the way from page to page
   */
  public <P, T> Pages<T> pages(ApiRequest<P> first, Paginator<P, T> paginator) {
    return Pages.of(this::exchange, this::exchangeAsync, first, paginator);
  }

  /**
   * Returns a client that differs from this one in some settings. The two share connections,
   * threads, retry budget and whatever else the change does not replace.
   *
   * <p>Closing the copy ends only the copy; closing this client closes what they share.
   *
   * @param change is given the options of this client, and sets others
   */
  public ApiClient with(Consumer<? super ClientOptions<?>> change) {
    requireNonNull(change, "change");
    var copy = new Copy(settings);
    change.accept(copy);
    return new ApiClient(copy.settings(), resources, false);
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

  private CallContext start(ApiRequest<?> request, @Nullable CallHandle handle) {
    requireNonNull(request, "request");
    checkOpen();
    return new CallContext(settings, resources.transport(), this::isClosed, request, handle);
  }

  private void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException("the client is closed; make another one");
    }
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
        response.code(),
        RetryAfterGuard.restore(response),
        body,
        exchange.url(),
        exchange.rateLimits(),
        attempts);
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

  /** What {@link #with} changes. */
  static final class Copy extends ClientOptions<Copy> {

    private Copy(ClientSettings settings) {
      super(settings);
    }
  }

  /** Builds an {@link ApiClient}. Reusable after a build; not for several threads. */
  public static final class Builder extends ClientOptions<Builder> {

    private @Nullable OkHttpClient okHttp;
    private Call.@Nullable Factory transport;
    private @Nullable Executor executor;
    private @Nullable AddressGuard addressGuard;

    private Builder(@Nullable HttpUrl baseUrl) {
      super(baseUrl);
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
