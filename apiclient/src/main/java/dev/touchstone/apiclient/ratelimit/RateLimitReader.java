package dev.touchstone.apiclient.ratelimit;

import dev.touchstone.apiclient.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
   * Returns the reader of {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}, with the
   * forms of {@link #fields}.
   */
  static RateLimitReader xRateLimit() {
    return fields("X-RateLimit-Remaining", "X-RateLimit-Reset");
  }

  /**
   * Returns the reader of two fields with names of the server's own, such as {@code
   * x-ratelimit-remaining-requests} and {@code x-ratelimit-reset-requests}. The quota is named after
   * the first.
   *
   * <p>The reset may be a number of seconds ({@code 60}), a time since 1970 in seconds or
   * milliseconds, which are told apart by their size, a duration ({@code 6m0s}, {@code 1.5s}, {@code
   * 20ms}) or a time of RFC 3339 ({@code 2026-01-01T00:00:00Z}). Times are compared with the {@code
   * Date} of the answer.
   *
   * @param remaining the name of the field with the number of calls that are left
   * @param reset the name of the field that tells when there are more
   */
  static RateLimitReader fields(String remaining, String reset) {
    return new TripleRateLimit(
        Objects.requireNonNull(remaining, "remaining"), Objects.requireNonNull(reset, "reset"));
  }
}
