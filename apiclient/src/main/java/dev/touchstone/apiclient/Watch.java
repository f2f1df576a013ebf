package dev.touchstone.apiclient;

import dev.touchstone.apiclient.observe.CallObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the observer and the flight recorder of one call, and keeps the observer's failures from the
 * call. For one thread.
 */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger("dev.touchstone.apiclient");

  private final CallContext call;
  private final CallObserver observer;
  private final boolean unobserved;
  private final @Nullable CallEvent event = CallEvent.started();
  private @Nullable AttemptEvent attemptEvent;

  Watch(CallContext call) {
    this.call = call;
    observer = call.settings.observer();
    unobserved = observer.equals(CallObserver.none());
  }

  void attemptStarted() {
    attemptEvent = AttemptEvent.started();
  }

  /** Tells of the last attempt and the end of the call. */
  void succeeded(Supplier<List<Attempt>> attempts) {
    if (unobserved && event == null && attemptEvent == null) {
      return;
    }
    var all = attempts.get();
    attemptEnded(all.getLast());
    callEnded(all);
  }

  void attemptEnded(Attempt attempt) {
    if (attemptEvent != null) {
      attemptEvent.finish(call, attempt);
      attemptEvent = null; // the next attempt may not be permitted, and never start
    }
    tell(() -> observer.attemptEnded(call.request.summary(), call.target, attempt));
  }

  void backingOff(Duration wait, ApiException failure) {
    tell(() -> observer.backingOff(call.request.summary(), call.target, wait, failure));
  }

  void callEnded(List<Attempt> attempts) {
    var all = List.copyOf(attempts);
    if (event != null) {
      event.finish(call, all);
    }
    tell(() -> observer.callEnded(call.request.summary(), call.target, all));
  }

  private void tell(Runnable notice) {
    if (unobserved) {
      return;
    }
    try {
      notice.run();
    } catch (RuntimeException broken) {
      LOG.warn("an observer of calls failed; it must not throw", broken);
    }
  }
}
