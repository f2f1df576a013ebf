package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.retry.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request and the type of its answer; an immutable value that can be sent any number of times.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="request"}
 *
 * <p>The template is relative to the base URL of the client, whose path is kept; or it is absolute,
 * with a scheme. Its variables are percent-encoded so that no value can leave its segment. A leading
 * slash makes no difference.
 *
 * @param <T> the type of the answer
 */
public final class ApiRequest<T extends @Nullable Object> {

  /* RFC 9110 section 9.2.2, and QUERY, which its draft defines as safe. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY");

  /* A token of RFC 9110 section 5.6.2: OkHttp would write anything else on the wire, too. */
  private static final Pattern METHOD = Pattern.compile("[A-Z0-9!#$%&'*+.^_`|~-]+");

  private final Builder parts;
  private final ResponseType type;

  private ApiRequest(Builder parts, ResponseType type) {
    this.parts = parts;
    this.type = type;
  }

  /** Starts a GET request. See {@link #of(String, String, Object...)}. */
  public static Builder get(String template, Object... variables) {
    return of("GET", template, variables);
  }

  /** Starts a GET request of an absolute URL. See {@link #of(String, URI)}. */
  public static Builder get(URI uri) {
    return of("GET", uri);
  }

  /** Starts a POST request. See {@link #of(String, String, Object...)}. */
  public static Builder post(String template, Object... variables) {
    return of("POST", template, variables);
  }

  /** Starts a PUT request. See {@link #of(String, String, Object...)}. */
  public static Builder put(String template, Object... variables) {
    return of("PUT", template, variables);
  }

  /** Starts a PATCH request. See {@link #of(String, String, Object...)}. */
  public static Builder patch(String template, Object... variables) {
    return of("PATCH", template, variables);
  }

  /** Starts a DELETE request. See {@link #of(String, String, Object...)}. */
  public static Builder delete(String template, Object... variables) {
    return of("DELETE", template, variables);
  }

  /**
   * Starts a request.
   *
   * @param method the method, a token in upper case
   * @param template a path with variables in braces, such as {@code repos/{owner}/{name}}; it may
   *     hold a query, but no fragment
   * @param variables one value for each variable, in order; {@link Object#toString} is used
   * @throws IllegalArgumentException if the method is none, the number of values is wrong, a value is
   *     empty, a segment would be {@code .} or {@code ..}, or a variable stands in the host of an
   *     absolute template
   */
  public static Builder of(String method, String template, Object... variables) {
    return new Builder(method, RequestAddress.expand(template, variables));
  }

  /**
   * Starts a request of an absolute URL, which is used as it is.
   *
   * @throws IllegalArgumentException if the method is none, or {@code uri} is not an absolute http or
   *     https URL
   */
  public static Builder of(String method, URI uri) {
    return new Builder(method, RequestAddress.of(uri));
  }

  /** Returns the method. */
  public String method() {
    return parts.method;
  }

  /** Returns whether sending the request twice has the effect of sending it once. */
  public boolean isIdempotent() {
    return parts.idempotent || parts.idempotencyKey != null || IDEMPOTENT.contains(parts.method);
  }

  /** Returns the time limit of the whole call; empty if the client's applies. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(parts.timeout);
  }

  /**
   * Returns this request with another absolute URL: the next page, say. The query of this request
   * is dropped; its headers and all else stay.
   *
   * @throws IllegalArgumentException if {@code uri} is not an absolute http or https URL
   */
  public ApiRequest<T> withUri(URI uri) {
    var copy = parts.copy();
    copy.address = RequestAddress.of(uri);
    return new ApiRequest<>(copy, type);
  }

  /** Returns the first value of a query parameter, decoded; empty if there is none. */
  public Optional<String> query(String name) {
    return parts.address.first(name);
  }

  /**
   * Returns this request with a query parameter set, in place of all of that name; it does not
   * matter whether they are part of the template or were added.
   */
  public ApiRequest<T> withQuery(String name, Object value) {
    requireNonNull(value, "value");
    var copy = parts.copy();
    copy.address = parts.address.minus(name).plus(name, value);
    return new ApiRequest<>(copy, type);
  }

  /** Returns a builder that starts from this request. */
  public Builder toBuilder() {
    return parts.copy();
  }

  /** Returns the method and the template, without the values of the variables. */
  public RequestSummary summary() {
    return new RequestSummary(parts.method, parts.address.template());
  }

  /** Returns the method and the template, without the values of the variables. */
  @Override
  public String toString() {
    return summary().toString();
  }

  ResponseType type() {
    return type;
  }

  RequestAddress address() {
    return parts.address;
  }

  /** Returns names and values in turn. */
  List<String> headers() {
    return parts.headers;
  }

  /** Returns the first value of a header field that the request itself has. */
  Optional<String> header(String name) {
    for (var i = 0; i < parts.headers.size(); i += 2) {
      if (parts.headers.get(i).equalsIgnoreCase(name)) {
        return Optional.of(parts.headers.get(i + 1));
      }
    }
    return Optional.empty();
  }

  @Nullable
  Object json() {
    return parts.json;
  }

  @Nullable
  BodySource body() {
    return parts.body;
  }

  boolean hasBody() {
    return parts.body != null || parts.json != null;
  }

  boolean accepts(int status) {
    return parts.acceptsAll || (status >= 200 && status < 300) || parts.accepted.contains(status);
  }

  Optional<String> idempotencyKey() {
    return Optional.ofNullable(parts.idempotencyKey);
  }

  Optional<Duration> attemptTimeout() {
    return Optional.ofNullable(parts.attemptTimeout);
  }

  Optional<Long> maxBytes() {
    return Optional.ofNullable(parts.maxBytes);
  }

  RetryPolicy policy(RetryPolicy ofClient) {
    return requireNonNull(parts.retry.apply(ofClient), "retry");
  }

  /** Builds an {@link ApiRequest}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private final String method;
    private RequestAddress address;
    private List<String> headers = List.of();
    private Set<Integer> accepted = Set.of();
    private boolean acceptsAll;
    private boolean idempotent;
    private UnaryOperator<RetryPolicy> retry = UnaryOperator.identity();
    private @Nullable Object json;
    private @Nullable BodySource body;
    private @Nullable Duration timeout;
    private @Nullable Duration attemptTimeout;
    private @Nullable Long maxBytes;
    private @Nullable String idempotencyKey;

    private Builder(String method, RequestAddress address) {
      if (!METHOD.matcher(requireNonNull(method, "method")).matches()) {
        throw new IllegalArgumentException(
            "method must be a token in upper case, such as GET, was '" + method + "'");
      }
      this.method = method;
      this.address = address;
    }

    private Builder copy() {
      var copy = new Builder(method, address);
      copy.headers = headers;
      copy.accepted = accepted;
      copy.acceptsAll = acceptsAll;
      copy.idempotent = idempotent;
      copy.retry = retry;
      copy.json = json;
      copy.body = body;
      copy.timeout = timeout;
      copy.attemptTimeout = attemptTimeout;
      copy.maxBytes = maxBytes;
      copy.idempotencyKey = idempotencyKey;
      return copy;
    }

    /**
     * Sets what logs, metrics and exceptions show of the address: of a whole URL, what it has in
     * common with others, such as {@code users/{id}}. The default is the template, or the URL without
     * its query.
     */
    public Builder shownAs(String template) {
      address = address.shownAs(template);
      return this;
    }

    /**
     * Adds a query parameter, percent-encoded.
     *
     * @param value what {@link Object#toString} shows; null adds nothing, and an {@link Iterable}
     *     adds one parameter for each element
     */
    public Builder query(String name, @Nullable Object value) {
      address = address.plus(name, value);
      return this;
    }

    /**
     * Adds a header field. If the client has a default of that name, this one takes its place.
     *
     * @throws IllegalArgumentException if a character is not allowed in a header
     */
    public Builder header(String name, String value) {
      Headers.of(name, value);
      var longer = new ArrayList<>(headers);
      longer.add(name);
      longer.add(value);
      headers = List.copyOf(longer);
      return this;
    }

    /**
     * Adds header fields. Where the client has defaults of these names, they take their place.
     *
     * @throws IllegalArgumentException if a character is not allowed in a header: those of an answer
     *     may have any
     */
    public Builder headers(Headers more) {
      var longer = new ArrayList<>(headers);
      more.forEach((name, value) -> {
        Headers.checkValue(name, value);
        longer.add(name);
        longer.add(value);
      });
      headers = List.copyOf(longer);
      return this;
    }

    /**
     * Sets the body to a value, written as JSON once per call. Replaces any other body. It is sent as
     * {@code application/json}, unless a {@code Content-Type} header of this request names another
     * media type.
     */
    public Builder json(Object value) {
      this.json = requireNonNull(value, "value");
      this.body = null;
      return this;
    }

    /**
     * Sets the body. Replaces any other body. Its media type, if it has one, takes the place of a
     * {@code Content-Type} header.
     */
    public Builder body(BodySource body) {
      this.body = requireNonNull(body, "body");
      this.json = null;
      return this;
    }

    /**
     * Declares that the server treats this request as idempotent, whatever its method, so that it
     * may be retried after it may have been applied.
     */
    public Builder idempotent() {
      this.idempotent = true;
      return this;
    }

    /**
     * Sets the key by which the server knows this request again, in the header that the client was
     * told, else {@code Idempotency-Key}. It makes the request idempotent. Without it, a client with
     * {@link IdempotencyKeys} makes one for each POST and PATCH.
     *
     * @throws IllegalArgumentException if {@code key} is blank, or has a character that is not
     *     allowed in a header
     */
    public Builder idempotencyKey(String key) {
      if (key.isBlank()) {
        throw new IllegalArgumentException("idempotencyKey must not be blank");
      }
      Headers.of("Idempotency-Key", key);
      this.idempotencyKey = key;
      return this;
    }

    /**
     * Limits the whole call: waiting, attempts, redirects, reading the body. The default is the
     * client's.
     *
     * @throws IllegalArgumentException if {@code total} is zero or negative
     */
    public Builder timeout(Duration total) {
      this.timeout = Checks.positive(total, "timeout");
      return this;
    }

    /**
     * Limits each attempt, redirects and reading the body included. The default is the client's.
     *
     * @throws IllegalArgumentException if {@code each} is zero or negative
     */
    public Builder attemptTimeout(Duration each) {
      this.attemptTimeout = Checks.positive(each, "attemptTimeout");
      return this;
    }

    /**
     * Limits the body of the answer. The default is the client's. Does not apply to {@link
     * ApiClient#stream}.
     *
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public Builder maxResponseBytes(long max) {
      this.maxBytes = Checks.atLeastOne(max, "maxResponseBytes");
      return this;
    }

    /**
     * Takes answers with the given statuses for results, as those from 200 to 299 are, and not for
     * errors.
     */
    public Builder alsoAccept(int... statuses) {
      var more = new HashSet<>(accepted);
      for (var status : statuses) {
        more.add(status);
      }
      accepted = Set.copyOf(more);
      return this;
    }

    /**
     * Takes answers with any status for results, redirects included, which are not followed: what a
     * program wants that hands answers on.
     */
    public Builder acceptAll() {
      acceptsAll = true;
      return this;
    }

    /** Changes the retry policy of the client for this request. */
    public Builder retry(UnaryOperator<RetryPolicy> change) {
      this.retry = requireNonNull(change, "change");
      return this;
    }

    /**
     * Returns the request, whose answer is JSON of the given type.
     *
     * @throws IllegalArgumentException if the method is GET or HEAD and there is a body
     */
    public <R> ApiRequest<R> as(Class<R> type) {
      return build(new ResponseType.Json(requireNonNull(type, "type")));
    }

    /**
     * Returns the request, whose answer is JSON of the given type.
     *
     * @throws IllegalArgumentException if the method is GET or HEAD and there is a body
     */
    public <R> ApiRequest<R> as(TypeRef<R> type) {
      return build(new ResponseType.Json(requireNonNull(type, "type").type()));
    }

    /**
     * Returns the request, whose answer is text in the charset that it names, else UTF-8.
     *
     * @throws IllegalArgumentException if the method is GET or HEAD and there is a body
     */
    public ApiRequest<String> asText() {
      return build(new ResponseType.Text());
    }

    /**
     * Returns the request, whose answer is taken as it comes.
     *
     * @throws IllegalArgumentException if the method is GET or HEAD and there is a body
     */
    public ApiRequest<byte[]> asBytes() {
      return build(new ResponseType.Bytes());
    }

    /**
     * Returns the request, whose answer has a status and headers, and a body that is skipped: null.
     *
     * @throws IllegalArgumentException if the method is GET or HEAD and there is a body
     */
    public ApiRequest<@Nullable Void> discard() {
      return build(new ResponseType.Nothing());
    }

    private <R extends @Nullable Object> ApiRequest<R> build(ResponseType type) {
      var hasBody = body != null || json != null;
      if (hasBody && (method.equals("GET") || method.equals("HEAD"))) {
        throw new IllegalArgumentException(method + " must not have a body");
      }
      return new ApiRequest<>(copy(), type);
    }
  }
}
