package dev.touchstone.apiclient;

/**
 * How far a request got before it failed: what the caller may conclude about its effect.
 *
 * <p><b>Source:</b> RFC 9110 section 9.2.2 allows the automatic retry of a non-idempotent request
 * only with "some means to detect that the original request was never applied". This is that means,
 * as a type.
 */
public enum Delivery {

  /** Not a byte of the request was processed: no connection, or refused by the protocol. */
  NOT_SENT,

  /** The server answered that it did not process the request: 421, 425 or 429. */
  REFUSED_UNPROCESSED,

  /** The request was sent and may have been applied: lost, timed out, 408, 5xx, a cut answer. */
  UNKNOWN,

  /** The server processed the request and answered. */
  ANSWERED;

  /** Returns what an error status says about the request. */
  static Delivery ofStatus(int status) {
    return switch (status) {
      case 421, 425, 429 -> REFUSED_UNPROCESSED;
      case 408 -> UNKNOWN;
      default -> status >= 500 ? UNKNOWN : ANSWERED;
    };
  }
}
