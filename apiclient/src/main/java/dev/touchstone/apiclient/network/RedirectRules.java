package dev.touchstone.apiclient.network;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do about an answer that may be a redirect.
 *
 * <p>301 and 302 turn POST into GET, 303 turns all but HEAD into GET, 307 and 308 keep the method
 * and the body. A redirect from https to http is refused, and one that would send a body to another
 * origin. It is up to the caller to drop credentials when {@link Follow#leavesOrigin}.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * <p><b>Source:</b> RFC 9110 section 15.4; the Fetch standard, "HTTP-redirect fetch".
 */
public final class RedirectRules {

  private static final RedirectRules STANDARD = new RedirectRules(10, BodyScope.SAME_ORIGIN);

  /** Where the body of a redirected request may be sent. */
  public enum BodyScope {
    /** To the origin that it was meant for. */
    SAME_ORIGIN,
    /** To whatever origin the server names. */
    ANY_ORIGIN
  }

  /** What to do about an answer. */
  public sealed interface Decision {}

  /** The answer is final. */
  public record Keep() implements Decision {}

  /**
   * Send another request.
   *
   * @param uri where to
   * @param method with which method
   * @param keepsBody whether with the body
   * @param leavesOrigin whether scheme, host or port change
   */
  public record Follow(URI uri, String method, boolean keepsBody, boolean leavesOrigin)
      implements Decision {}

  /**
   * The answer is a redirect that must not be followed.
   *
   * @param reason why, for a message
   */
  public record Refuse(String reason) implements Decision {}

  private final int maxHops;
  private final BodyScope bodies;

  private RedirectRules(int maxHops, BodyScope bodies) {
    this.maxHops = maxHops;
    this.bodies = bodies;
  }

  /** Returns the rules with at most 10 redirects, and bodies kept in their origin. */
  public static RedirectRules standard() {
    return STANDARD;
  }

  /**
   * Returns these rules with another maximum of redirects per attempt; with 0 none is followed and
   * a redirect is an answer like others.
   *
   * @throws IllegalArgumentException if {@code max} is negative
   */
  public RedirectRules maxHops(int max) {
    if (max < 0) {
      throw new IllegalArgumentException("maxHops must not be negative, was " + max);
    }
    return new RedirectRules(max, bodies);
  }

  /** Returns these rules with another scope for bodies. */
  public RedirectRules bodies(BodyScope scope) {
    return new RedirectRules(maxHops, requireNonNull(scope, "scope"));
  }

  /**
   * Decides about an answer.
   *
   * @param status its status
   * @param location its {@code Location} header; null if it has none
   * @param method the method of the request that it answers
   * @param from the absolute URL of that request
   * @param hops how many redirects were followed before
   */
  public Decision decide(int status, @Nullable String location, String method, URI from, int hops) {
    if (!isRedirect(status) || location == null || maxHops == 0) {
      return new Keep();
    }
    if (hops >= maxHops) {
      return new Refuse("more than " + maxHops + " redirects");
    }
    var base = HttpUrl.get(from);
    var to = base == null ? null : base.resolve(location);
    if (base == null || to == null) {
      return new Refuse("redirect to something that is not an http or https URL");
    }
    if (base.isHttps() && !to.isHttps()) {
      return new Refuse("redirect from https to http");
    }
    var leaves = !sameOrigin(base, to);
    var keepsBody = status == 307 || status == 308 || !turnsIntoGet(status, method);
    if (keepsBody && leaves && mayHaveBody(method) && bodies == BodyScope.SAME_ORIGIN) {
      return new Refuse("redirect of " + method + " to another origin");
    }
    return new Follow(to.uri(), keepsBody ? method : "GET", keepsBody, leaves);
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static boolean turnsIntoGet(int status, String method) {
    return status == 303 ? !method.equals("HEAD") && !method.equals("GET") : method.equals("POST");
  }

  private static boolean mayHaveBody(String method) {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  private static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.port() == other.port()
        && one.host().equals(other.host())
        && one.scheme().equals(other.scheme());
  }
}
