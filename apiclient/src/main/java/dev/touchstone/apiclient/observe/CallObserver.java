package dev.touchstone.apiclient.observe;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Attempt;
import dev.touchstone.apiclient.RequestSummary;
import dev.touchstone.apiclient.Target;
import java.time.Duration;
import java.util.List;

/**
 * Is told what calls do, for metrics and traces.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="observer"}
 *
 * <p>The methods run on the thread of the call, so they must be quick and must not block; what they
 * throw is logged and otherwise ignored. Implementations must be safe for use by several threads.
 */
public interface CallObserver {

  /** Is told of an attempt that ended, well or not. */
  default void attemptEnded(RequestSummary request, Target target, Attempt attempt) {}

  /** Is told that a call waits before it is retried. */
  default void backingOff(
      RequestSummary request, Target target, Duration wait, ApiException failure) {}

  /**
   * Is told of a call that ended, with all its attempts; the last one says how it ended. A call of
   * {@code stream} ends here when its headers have come. One that fails with another exception than
   * an {@code ApiException}, of an error mapper, say, is not told of.
   */
  default void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {}

  /** Returns the observer that does nothing. */
  static CallObserver none() {
    return Unobserved.INSTANCE;
  }
}
