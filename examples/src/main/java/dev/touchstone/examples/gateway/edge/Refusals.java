package dev.touchstone.examples.gateway.edge;

import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.observe.Ended.Outcome;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Problem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Words what Jetty refuses itself, as problems. */
final class Refusals implements Request.Handler {

  private final RequestObserver observer;

  Refusals(RequestObserver observer) {
    this.observer = observer;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable failure
        && failure.getCause() instanceof HpackException.StreamException
        && request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
      reset(connection.getSession(), request);
      observer.ended(ended(request, 400, 0, Outcome.BROKEN_OFF));
      callback.failed(failure);
    } else {
      answer(request, response, callback);
    }
    return true;
  }

  /* RFC 9113 section 8.1.1: fields that make no request are an error of their stream, with no answer. */
  private static void reset(HTTP2Session session, Request request) {
    var stream = session.getStream(Integer.parseInt(request.getId()));
    if (stream != null) {
      stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
    }
  }

  private void answer(Request request, Response response, Callback callback) {
    var status = Math.max(400, response.getStatus());
    var problem = Problem.of(status, detail(status, request));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (request.getConnectionMetaData().getHttpVersion().getVersion()
        <= HttpVersion.HTTP_1_1.getVersion()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close"); // what follows may be a part of it
    }
    var body = problem.toJson();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response
        .getHeaders()
        .put(request.getConnectionMetaData().getConnector().getServer().getDateField());
    if (request.getAttribute(EdgeHandler.OBSERVED) == null) {
      observer.ended(ended(request, status, body.length, Outcome.PROBLEM));
    }
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /* Jetty's reasons speak of the request; those of its own failures might speak of something else. */
  private static String detail(int status, Request request) {
    var reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    return switch (status) {
      case 431 ->
        "The line and the fields of the request are too long; send fewer or shorter ones.";
      case 414 -> "The address is too long; move what is in the query to a body.";
      case 408 -> "The request did not arrive in time; send it again, without pauses.";
      default ->
        status < 500
            ? "The request is not proper HTTP (" + Objects.requireNonNullElse(reason, "malformed")
                + "); send one that can be read in one way only."
            : "The gateway failed; its log says why.";
    };
  }

  private static Ended ended(Request request, int status, int length, Outcome outcome) {
    var uri = request.getHttpURI();
    return new Ended(
        Instant.now(),
        "",
        null,
        request.getMethod(),
        Objects.requireNonNullElse(uri.getAuthority(), ""),
        Objects.requireNonNullElse(uri.getPath(), ""),
        request.getConnectionMetaData().getProtocol(),
        Forwarding.peer(request),
        Caller.ANONYMOUS,
        "",
        status,
        0,
        length,
        0,
        outcome);
  }
}
