package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import java.time.Instant;
import java.util.List;

/**
 * Reads the quotas that an answer tells of.
 *
 * <p>Implementations must be safe for use by several threads, and ignore what they do not
 * understand.
 */
@FunctionalInterface
public interface RateLimitReader {

  /**
   * Returns the quotas.
   *
   * @param status the status of the answer
   * @param headers its header fields
   * @param receivedAt when it came
   * @return one element for each quota, in any order; empty if the answer tells of none
   */
  List<RateLimit> read(int status, Headers headers, Instant receivedAt);

  /**
   * Returns the reader of {@code RateLimit: "name";r=50;t=30}, and of the fields {@code
   * RateLimit-Remaining} and {@code RateLimit-Reset} of earlier drafts.
   *
   * <p><b>Source:</b> draft-ietf-httpapi-ratelimit-headers-11 and -06; RFC 9651.
   */
  static RateLimitReader ietf() {
    return new IetfRateLimit();
  }

  /**
   * Returns the reader of {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}. The reset may
   * be a number of seconds, or a time since 1970 in seconds or milliseconds, which are told apart by
   * their size.
   */
  static RateLimitReader xRateLimit() {
    return new TripleRateLimit("X-RateLimit-Remaining", "X-RateLimit-Reset");
  }
}
