package dev.touchstone.apiclient.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A transport that answers from a script, without sockets: {@code
 * ApiClient.builder(url).transport(transport)}.
 *
 * <p>A script that throws an {@link IOException} loses the request after it was sent; {@link
 * #notSent} makes an exception that says it never was. Time limits of single attempts do not strike
 * a script.
 *
 * <p>Safe for use by several threads if the script is.
 */
public final class ScriptedTransport implements Call.Factory {

  /** Answers requests. */
  @FunctionalInterface
  public interface Script {

    /**
     * Answers a request.
     *
     * @param request the request as it would be sent
     * @throws IOException if the connection is to break
     */
    Response answer(Request request) throws IOException;
  }

  private final Script script;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  /** Creates a transport that follows the given script. */
  public ScriptedTransport(Script script) {
    this.script = requireNonNull(script, "script");
  }

  /** Returns an answer with a status and a body of JSON; empty for none. */
  public static Response json(Request request, int status, String body) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .body(ResponseBody.create(body, MediaType.get("application/json")))
        .build();
  }

  /** Returns a failure that struck before the request was sent. */
  public static IOException notSent(String message) {
    return new NotSentException(message);
  }

  /** Returns a copy of the requests so far, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public Call newCall(Request request) {
    return new ScriptedCall(this, request);
  }

  Response answer(Request request) throws IOException {
    requests.add(request);
    return script.answer(request);
  }

  /** A failure before anything was sent. */
  static final class NotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    private NotSentException(String message) {
      super(message);
    }
  }
}
