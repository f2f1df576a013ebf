package dev.touchstone.examples.gateway.backend;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Attempt;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.RequestSummary;
import dev.touchstone.apiclient.Target;
import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.concurrency.sync.Guarded;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Remembers the last attempts that failed at the backend, and tells another observer all. Calls that
 * were never sent are left out: while the breaker is open they would push out why it is. For all threads.
 */
final class RecentFailures implements CallObserver {

  private static final int MOST = 10;

  private final CallObserver other;
  private final Guarded<Deque<Backend.Failure>> last =
      Guarded.of("recent failures", new ArrayDeque<>());

  RecentFailures(CallObserver other) {
    this.other = other;
  }

  /** Returns them, the newest first. */
  List<Backend.Failure> last() {
    return last.read(List::copyOf);
  }

  @Override
  public void attemptEnded(RequestSummary request, Target target, Attempt attempt) {
    attempt
        .failure()
        .filter(failure -> !(failure instanceof RejectedException))
        .ifPresent(failure -> add(attempt, failure));
    other.attemptEnded(request, target, attempt);
  }

  private void add(Attempt attempt, ApiException failure) {
    var message = String.valueOf(failure.getMessage());
    last.change(failures -> {
      failures.addFirst(new Backend.Failure(attempt.startedAt(), message));
      if (failures.size() > MOST) {
        failures.removeLast();
      }
    });
  }

  @Override
  public void backingOff(
      RequestSummary request, Target target, Duration wait, ApiException failure) {
    other.backingOff(request, target, wait, failure);
  }

  @Override
  public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
    other.callEnded(request, target, attempts);
  }
}
