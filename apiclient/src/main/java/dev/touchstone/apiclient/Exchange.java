package dev.touchstone.apiclient;

import dev.touchstone.apiclient.auth.Challenge;
import dev.touchstone.apiclient.auth.Credential;
import dev.touchstone.apiclient.auth.CredentialException;
import dev.touchstone.apiclient.network.ForbiddenAddressException;
import dev.touchstone.apiclient.network.RedirectRules.Decision;
import dev.touchstone.apiclient.network.RedirectRules.Follow;
import dev.touchstone.apiclient.network.RedirectRules.Keep;
import dev.touchstone.apiclient.network.RedirectRules.Refuse;
import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.time.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One attempt: credentials, the wire, redirects. For one thread. */
final class Exchange {

  private static final int UNAUTHORIZED = 401;

  private final CallContext call;
  private final Deadline limit;
  private final boolean limitIsDeadline;
  private PhaseListener phase = new PhaseListener();
  private @Nullable InterruptibleCall wire;
  private int status;
  private boolean processed;
  private List<RateLimit> rateLimits = List.of();

  // What the next hop sends.
  private HttpUrl url;
  private String method;
  private okhttp3.Headers headers;
  private @Nullable BodySource body;

  Exchange(CallContext call) {
    this.call = call;
    var settings = call.settings;
    var attempt = call.request.attemptTimeout().orElse(settings.attemptTimeout());
    var own = Deadline.after(attempt, settings.time());
    limitIsDeadline = call.deadline.remainingNanos() <= own.remainingNanos();
    limit = limitIsDeadline ? call.deadline : own;
    url = call.url;
    method = call.request.method();
    headers = call.headers();
    body = call.body;
  }

  /** Returns the last status received; 0 if none was. */
  int status() {
    return status;
  }

  /** Returns the quotas that the last answer told of. */
  List<RateLimit> rateLimits() {
    return rateLimits;
  }

  /** Returns the URL of the last request sent. */
  HttpUrl url() {
    return url;
  }

  /**
   * Sends the request and returns the answer that is not a redirect, to be closed by the caller.
   *
   * @throws ApiException if there is no answer, or its status is not one that the request accepts
   */
  Response send() {
    for (var hops = 0; ; ) {
      var outgoing = new OutgoingRequest(method, url, headers, body);
      var credential = authorize(outgoing);
      var response = execute(outgoing.toOkHttp());
      try {
        status = response.code();
        learn(response);
        if (status == UNAUTHORIZED && credential != null && isRefreshed(credential, response)) {
          response.close();
          continue;
        }
        switch (decide(response, hops)) {
          case Keep keep -> {
            return accepted(response);
          }
          case Refuse refused ->
            throw new UnexpectedStatusException(context(response), refused.reason());
          case Follow follow -> {
            response.close();
            follow(follow);
            hops++;
          }
        }
      } catch (RuntimeException | Error failure) {
        // Readers of rate limits and authenticators are the caller's, and may throw.
        response.close();
        throw failure;
      }
    }
  }

  /** Returns how far the call got, of which the request that failed may be the last part only. */
  Delivery delivery(ApiException failure) {
    return withRedirects(failure.ownDelivery());
  }

  /* A redirect that drops the body is the answer of a server that has processed the request: that
   * the next server was never reached does not make it safe to start again. */
  private Delivery withRedirects(Delivery last) {
    return processed && last != Delivery.ANSWERED ? Delivery.UNKNOWN : last;
  }

  /** Returns the body of an answer. */
  BodyStream body(Response response, long maxBytes) {
    if (wire == null) {
      throw new IllegalStateException("send() must come first");
    }
    return new BodyStream(response.body().byteStream(), wire, maxBytes);
  }

  /** Returns what a failure of the connection means for the call. */
  ApiException lost(IOException failure) {
    var delivery = withRedirects(phase.delivery(failure));
    call.checkNotCancelled(delivery, failure);
    if (isForbidden(failure)) {
      return new RejectedException(
          call.request.summary(),
          RejectedException.By.ADDRESS_GUARD,
          "it would go to an address that is not allowed; check the URL and its redirects",
          null,
          failure);
    }
    if ((isCallTimeout(failure) && limitIsDeadline) || call.deadline.isPassed()) {
      return call.late(delivery, failure);
    }
    return new TransportException(
        call.request.summary(), delivery, bodyIsAtFault(failure), failure);
  }

  private boolean bodyIsAtFault(IOException failure) {
    return phase.bodyIsAtFault(failure)
        || (wire != null && wire.body() instanceof OkHttpBody sent && sent.sourceFailed());
  }

  /* With several addresses, OkHttp throws the first failure and suppresses the others. */
  private static boolean isForbidden(IOException failure) {
    return failure instanceof ForbiddenAddressException
        || Stream.of(failure.getSuppressed()).anyMatch(ForbiddenAddressException.class::isInstance);
  }

  /* OkHttp's connect and read timeouts are of a subtype; this is the limit that execute() set. */
  private static boolean isCallTimeout(IOException failure) {
    return failure.getClass() == InterruptedIOException.class
        && "timeout".equals(failure.getMessage());
  }

  private @Nullable Credential authorize(OutgoingRequest outgoing) {
    var authenticator = call.settings.authenticator();
    return authenticator == null || !call.settings.trusts(url)
        ? null
        : guarded(() -> authenticator.authorize(outgoing, limit));
  }

  private boolean isRefreshed(Credential used, Response response) {
    var authenticator = call.settings.authenticator();
    if (authenticator == null || call.refreshed || !bodyIsReplayable()) {
      return false;
    }
    call.refreshed = true;
    var challenge = new Challenge(UNAUTHORIZED, Headers.of(response.headers()));
    return guarded(() -> authenticator.refresh(used, challenge, limit));
  }

  /** A question to an authenticator. */
  @FunctionalInterface
  private interface Question<R> {

    /** Asks. */
    R ask() throws InterruptedException, TimeoutException;
  }

  private <R> R guarded(Question<R> question) {
    try {
      return question.ask();
    } catch (InterruptedException interrupted) {
      throw call.interrupted(interrupted);
    } catch (TimeoutException late) {
      throw limitIsDeadline
          ? call.late(Delivery.NOT_SENT, late)
          : lost(new InterruptedIOException("no credential in time"));
    } catch (CredentialException none) {
      throw new RejectedException(
          call.request.summary(),
          RejectedException.By.CREDENTIALS,
          String.valueOf(none.getMessage()),
          null,
          none.getCause());
    }
  }

  private Response execute(Request request) {
    call.checkNotCancelled(Delivery.NOT_SENT, null);
    var nanos = limit.remainingNanos();
    if (nanos == 0) {
      throw limitIsDeadline
          ? call.late(Delivery.NOT_SENT, null)
          : lost(new InterruptedIOException("timeout"));
    }
    var okhttp = call.transport.newCall(request);
    phase = new PhaseListener();
    okhttp.addEventListener(phase);
    okhttp.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
    if (call.handle != null) {
      call.handle.sending(okhttp);
    }
    wire = new InterruptibleCall(okhttp);
    if (request.body() instanceof OkHttpBody sending) {
      sending.sentBy(wire);
    }
    try {
      return wire.run(okhttp::execute);
    } catch (IOException failure) {
      throw lost(failure);
    } finally {
      if (request.body() instanceof OkHttpBody sent && sent.wasAsked()) {
        call.bodyAsked();
      }
    }
  }

  private void learn(Response response) {
    var gate = call.settings.protection().gate();
    if (gate != null && call.target.isOriginOf(url)) {
      rateLimits = gate.read(status, RetryAfterGuard.restore(response));
      gate.update(call.target, rateLimits);
    }
  }

  private Decision decide(Response response, int hops) {
    if (!response.isRedirect() || call.request.accepts(status)) {
      return new Keep();
    }
    var decision = call.settings
        .redirects()
        .decide(status, response.header("Location"), method, url.uri(), hops);
    return decision instanceof Follow follow && follow.keepsBody() && !bodyIsReplayable()
        ? new Refuse("redirect that needs the body again, which cannot be sent twice")
        : decision;
  }

  private boolean bodyIsReplayable() {
    return body == null || body.isReplayable();
  }

  private void follow(Follow next) {
    var to = HttpUrl.get(next.uri());
    if (to == null) {
      throw new IllegalStateException("a redirect must lead to an http or https URL");
    }
    if (next.leavesOrigin()) {
      headers = call.settings.harmless(headers);
    }
    url = to;
    method = next.method();
    body = next.keepsBody() ? body : null;
    processed |= !next.keepsBody();
  }

  private Response accepted(Response response) {
    if (call.request.accepts(status)) {
      return response;
    }
    var context = context(response);
    var mapped = call.settings.mapped(context);
    throw mapped.isPresent() ? mapped.get() : standard(context);
  }

  private static HttpStatusException standard(ErrorContext context) {
    if (context.status() == 429) {
      return new RateLimitedException(context);
    }
    return switch (context.status() / 100) {
      case 4 -> new ClientErrorException(context);
      case 5 -> new ServerErrorException(context);
      default -> new UnexpectedStatusException(context);
    };
  }

  /** Returns what an accepted answer says against the server; null if it says nothing. */
  @Nullable
  ApiException fault(Response response) {
    return status < 500 ? null : new ServerErrorException(context(response, new byte[0]));
  }

  /** Reads the start of the body and closes the answer. */
  private ErrorContext context(Response response) {
    try (response) {
      return context(response, start(response));
    }
  }

  private ErrorContext context(Response response, byte[] start) {
    var settings = call.settings;
    return new ErrorContext(
        call.request.summary(),
        url.uri(),
        status,
        RetryAfterGuard.restore(response),
        rateLimits,
        start,
        settings.codec(),
        settings.time().now());
  }

  private byte[] start(Response response) {
    try {
      return body(response, Long.MAX_VALUE).readNBytes(call.settings.maxErrorBytes());
    } catch (IOException cut) {
      // The status is what counts; an error page that broke off changes nothing about it.
      call.checkNotCancelled(Delivery.ofStatus(status), cut);
      return new byte[0];
    }
  }
}
