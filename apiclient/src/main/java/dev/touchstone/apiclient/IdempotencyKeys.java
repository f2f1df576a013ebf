package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * How an API takes idempotency keys: a promise of the server that it applies requests with the same
 * key once, so that a POST or PATCH may be retried.
 *
 * <p>A client with such keys puts a random one on each POST and PATCH, the same for all attempts of
 * a call. Instances are immutable and safe for use by several threads.
 *
 * <p><b>Source:</b> draft-ietf-httpapi-idempotency-key-header-07; RFC 9651 section 4.1.6 (strings).
 */
public final class IdempotencyKeys {

  private final String header;
  private final boolean quoted;

  private IdempotencyKeys(String header, boolean quoted) {
    this.header = header;
    this.quoted = quoted;
  }

  /**
   * Returns keys in the given header, as most APIs take them: bare.
   *
   * @throws IllegalArgumentException if {@code header} is not the name of a header field
   */
  public static IdempotencyKeys bare(String header) {
    requireNonNull(header, "header");
    Headers.of(header, "key");
    return new IdempotencyKeys(header, false);
  }

  /** Returns keys in {@code Idempotency-Key}, as the draft has it: in double quotes. */
  public static IdempotencyKeys quoted() {
    return new IdempotencyKeys("Idempotency-Key", true);
  }

  /** Returns the name of the header field. */
  public String header() {
    return header;
  }

  /** Returns a new key that nobody else has. */
  String next() {
    return UUID.randomUUID().toString();
  }

  /** Returns a key as it is sent. */
  String format(String key) {
    return quoted ? '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : key;
  }

  @Override
  public String toString() {
    return "IdempotencyKeys[" + header + (quoted ? ", quoted" : "") + "]";
  }
}
