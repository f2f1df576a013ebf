package dev.touchstone.examples.gateway.route;

import dev.touchstone.apiclient.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * One request and its answer, as filters and routes see them. The request has passed the checks of the
 * edge: it can be read in one way only. For the thread of the request and those that it waits for.
 */
public interface Exchange {

  /** Returns the identifier of the request, which is in the log, in the answer and at the backends. */
  String id();

  /** Returns the route. */
  Route route();

  /** Returns the method, in upper case. */
  String method();

  /** Returns {@code http} or {@code https}: what the client used, as far as a trusted proxy says so. */
  String scheme();

  /** Returns host and port as the client named them, or as a trusted proxy says that it did. */
  String authority();

  /**
   * Returns the way that the request came, as addresses: the client, then the trusted proxies in
   * between; the last is who is connected. What came before the first that is not trusted is left out,
   * because anybody can claim it.
   */
  List<String> addresses();

  /** Returns the address of the client: the first of {@link #addresses()}. */
  default String clientAddress() {
    return addresses().getFirst();
  }

  /** Returns the path as it was sent, percent-encoded; begins with a slash. */
  String path();

  /** Returns what follows the question mark, percent-encoded; empty if there is none. */
  Optional<String> query();

  /**
   * Returns what stands for the names of the {@linkplain PathTemplate template}, decoded; in order.
   */
  Map<String, String> parameters();

  /**
   * Returns the values of a query parameter, decoded, in order; empty if there is none.
   *
   * @throws ProblemException 400 if the query has a broken escape
   */
  List<String> query(String name) throws ProblemException;

  /** Returns the fields of the request as they came, identity and forwarding included. */
  HttpFields fields();

  /** Returns the length of the body; 0 if there is none, -1 if it is not known. */
  long contentLength();

  /**
   * Returns the body, decoded from its transfer coding, as it arrives. It fails where it gets longer
   * than the {@linkplain Terms terms} allow, or breaks off.
   */
  InputStream body();

  /** Returns the moment by which the answer must be over. */
  Deadline deadline();

  /** Returns who calls; {@link Caller#ANONYMOUS} until the authenticator has been asked. */
  Caller caller();

  /** Sets a field that the answer has, whoever makes it: a quota, say. Too late once it is sent. */
  void promise(String name, String value);

  /**
   * Sends the whole answer. To {@code HEAD}, and with a status that has no body, only the head.
   *
   * @param fields without length and framing, which the server adds
   * @throws IOException if the client's connection fails
   * @throws IllegalStateException if there is an answer already
   */
  void reply(int status, HttpFields fields, byte[] body) throws IOException;

  /**
   * Starts an answer whose body comes as it is made.
   *
   * @param fields with {@code Content-Length} if the length is known, else without; no other framing
   * @return where the body goes: a write waits until the client has taken what came before; closing
   *     ends the answer, and whoever does not close it breaks off the connection
   * @throws IOException if the client's connection fails
   * @throws IllegalStateException if there is an answer already
   */
  OutputStream open(int status, HttpFields fields) throws IOException;

  /** Returns whether the answer has begun: too late for a problem. */
  boolean isReplied();
}
