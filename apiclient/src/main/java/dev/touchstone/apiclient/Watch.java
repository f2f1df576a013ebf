package dev.touchstone.apiclient;

import dev.touchstone.apiclient.observe.CallObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observer of one call, and keeps its failures from the call. */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger("dev.touchstone.apiclient");

  private final CallContext call;
  private final CallObserver observer;
  private final boolean unobserved;

  Watch(CallContext call) {
    this.call = call;
    observer = call.settings.observer();
    unobserved = observer.equals(CallObserver.none());
  }

  /** Tells of the last attempt and the end of the call. */
  void succeeded(Supplier<List<Attempt>> attempts) {
    if (unobserved) {
      return;
    }
    var all = attempts.get();
    attemptEnded(all.getLast());
    callEnded(all);
  }

  void attemptEnded(Attempt attempt) {
    tell(() -> observer.attemptEnded(call.request.summary(), call.target, attempt));
  }

  void backingOff(Duration wait, ApiException failure) {
    tell(() -> observer.backingOff(call.request.summary(), call.target, wait, failure));
  }

  void callEnded(List<Attempt> attempts) {
    var all = List.copyOf(attempts);
    tell(() -> observer.callEnded(call.request.summary(), call.target, all));
  }

  private void tell(Runnable event) {
    if (unobserved) {
      return;
    }
    try {
      event.run();
    } catch (RuntimeException broken) {
      LOG.warn("an observer of calls failed; it must not throw", broken);
    }
  }
}
