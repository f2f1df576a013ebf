package dev.touchstone.examples.gateway.observe;

import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over.
 *
 * @param at when it began
 * @param id its identifier
 * @param route its route; null if there is none
 * @param method as it was sent
 * @param authority the host that was asked for
 * @param path percent-encoded, without the query, which may hold secrets
 * @param protocol such as {@code HTTP/1.1}
 * @param client the client's address
 * @param caller who it was
 * @param userAgent what the client calls itself; empty if it does not say
 * @param status what was answered; 499 if the client left before that
 * @param bytesIn the length of the body as far as it was read
 * @param bytesOut the length of the answer's body as far as it was sent
 * @param nanos how long it took
 * @param outcome how it ended
 */
public record Ended(
    Instant at,
    String id,
    @Nullable Route route,
    String method,
    String authority,
    String path,
    String protocol,
    String client,
    Caller caller,
    String userAgent,
    int status,
    long bytesIn,
    long bytesOut,
    long nanos,
    Outcome outcome) {

  /** How a request ended. */
  public enum Outcome {
    /** The answer was sent, whatever its status. */
    ANSWERED,
    /** The gateway answered with a problem of its own: it refused, or could not. */
    PROBLEM,
    /** The answer broke off after it had begun. */
    BROKEN_OFF,
    /** The client left. */
    CLIENT_LEFT
  }

  /** The status that stands for none, because the client left. */
  public static final int CLIENT_CLOSED_REQUEST = 499;

  /** Returns the name of the route, or {@code none}. */
  public String routeName() {
    return route == null ? "none" : route.name();
  }
}
