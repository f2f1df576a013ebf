package dev.touchstone.apiclient;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines of calls: DEBUG for a call and a wait, WARN for a call given up after retries. They
 * show templates and statuses, never URLs, headers or bodies.
 */
final class CallLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.touchstone.apiclient");

  private CallLog() {}

  static void succeeded(CallContext call, int attempts) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("{} succeeded after {} attempts, in {}", call.request, attempts, elapsed(call));
    }
  }

  static void backingOff(CallContext call, int attempt, Duration wait, ApiException why) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("attempt {} failed, waiting {}: {}", attempt, wait, why.getMessage());
    }
  }

  static void failed(CallContext call, ApiException failure) {
    if (failure.attempts().size() > 1 && !(failure instanceof CancelledException)) {
      LOG.warn("{}", failure.getMessage());
    } else if (LOG.isDebugEnabled()) {
      LOG.debug("{}", failure.getMessage());
    }
  }

  private static Duration elapsed(CallContext call) {
    return call.timeout.minus(call.deadline.remaining());
  }
}
