package dev.touchstone.apiclient;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines of calls: INFO for a call that needed retries, which nobody would see otherwise, and
 * DEBUG for all else. What is thrown is left to whoever catches it. The lines show templates and
 * statuses, never URLs, headers or bodies.
 */
final class CallLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.touchstone.apiclient");

  private CallLog() {}

  static void succeeded(CallContext call, int attempts) {
    if (attempts > 1 && LOG.isInfoEnabled()) {
      LOG.info("{} succeeded at attempt {}, after {}", call.request, attempts, elapsed(call));
    } else if (LOG.isDebugEnabled()) {
      LOG.debug("{} succeeded after {}", call.request, elapsed(call));
    }
  }

  static void backingOff(int attempt, Duration wait, ApiException why) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("attempt {} failed, waiting {}: {}", attempt, wait, why.getMessage());
    }
  }

  static void failed(ApiException failure) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("{}", failure.getMessage());
    }
  }

  private static Duration elapsed(CallContext call) {
    return call.timeout.minus(call.deadline.remaining()).truncatedTo(ChronoUnit.MILLIS);
  }
}
