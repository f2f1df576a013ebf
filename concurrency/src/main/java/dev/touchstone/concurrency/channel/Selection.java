package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the candidates of one waiting {@link Select} share: at most one of them is served. */
final class Selection {

  /*
   * In a buffered channel a candidate is a waiter like others: it is woken, and the select tries
   * again. In a hand-off channel another thread does the work of the select, so the two must agree
   * that it is the only one. The state says who may act:
   *
   *   TRYING    the select is at its channels; others leave it alone, but note MISSED
   *   MISSED    somebody came by while it was trying: it must try once more before it waits
   *   WAITING   others may serve it: the one that replaces this state by its candidate does so
   *   candidate served, the select is over
   *
   * Without MISSED, a select that has found nothing and is about to wait and a sender that has found
   * a select that cannot be served yet would wait for each other.
   */

  /** See above. */
  sealed interface State permits Phase, Candidate {}

  /** The states without a candidate. */
  enum Phase implements State {
    TRYING,
    MISSED,
    WAITING
  }

  private final AtomicReference<State> state = new AtomicReference<>(Phase.TRYING);

  /** The place of a clause in the line of its channel. */
  final class Candidate extends Party<Object> implements State {

    Candidate() {
      super(null);
    }

    @Override
    boolean claim() {
      if (thread.equals(Thread.currentThread())) {
        return false; // a select does not serve itself
      }
      while (state.get() instanceof Phase phase) {
        switch (phase) {
          case WAITING -> {
            if (state.compareAndSet(phase, this)) {
              return true;
            }
          }
          case TRYING -> {
            if (state.compareAndSet(phase, Phase.MISSED)) {
              return false;
            }
          }
          case MISSED -> {
            return false;
          }
        }
      }
      return false; // it has been served
    }
  }

  /** Notes that the select is about to try, after which nothing of the past is missed. */
  void startTrying() {
    state.compareAndSet(Phase.MISSED, Phase.TRYING);
  }

  /** Lets others serve this selection; returns false if it must try again instead. */
  boolean startWaiting() {
    return state.compareAndSet(Phase.TRYING, Phase.WAITING);
  }

  /** Keeps others from serving this selection; returns false if it has been served. */
  boolean stopWaiting() {
    return state.compareAndSet(Phase.WAITING, Phase.TRYING);
  }

  /** Returns the candidate that was served, or null. */
  @Nullable
  Candidate served() {
    return state.get() instanceof Candidate candidate ? candidate : null;
  }

  /** Returns the candidate that was served; there must be one. */
  Candidate servedNow() {
    return requireNonNull(served());
  }
}
