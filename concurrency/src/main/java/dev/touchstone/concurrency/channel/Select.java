package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Waiter.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several channels at once and does exactly one of several operations.
 *
 * <p>Several of them being possible, the first one listed is done, or any of them with {@link #fair}:
 * {@snippet class="dev.touchstone.concurrency.channel.SnippetsTest" region="select"}
 *
 * <p>A closed channel, for a receive one that is also empty, makes its clause possible: it does
 * {@link Clause#onClosed}, which by default throws. With {@link #skipClosed} such a clause is left
 * out. The functions of clauses run after the operation, in the thread of the select, without a lock;
 * what they throw is thrown by {@link #await}.
 *
 * <p>A select is set up and used by one thread and may be used again. Its waiting needs no other
 * thread, neither for the channels nor for the timeout.
 *
 * @param <R> the type of the result, which may be null
 */
public final class Select<R extends @Nullable Object> {

  private final List<Clause<? extends R>> clauses = new ArrayList<>();
  private boolean fair;
  private boolean skipsClosed;
  private @Nullable Duration timeout;
  private @Nullable Supplier<? extends R> onTimeout;

  private Select() {}

  /** Returns a select with one clause. */
  public static <R extends @Nullable Object> Select<R> on(Clause<? extends R> clause) {
    return new Select<R>().or(clause);
  }

  /** Adds a clause. */
  public Select<R> or(Clause<? extends R> clause) {
    clauses.add(requireNonNull(clause, "clause"));
    return this;
  }

  /** Prefers the clause that was listed first. This is the default. */
  public Select<R> biased() {
    fair = false;
    return this;
  }

  /** Prefers no clause: each select starts to try at one drawn at random. */
  public Select<R> fair() {
    fair = true;
    return this;
  }

  /**
   * Leaves clauses out whose channel is closed. If that leaves none, {@link #await} throws the {@link
   * ChannelClosedException} of the last one.
   */
  public Select<R> skipClosed() {
    skipsClosed = true;
    return this;
  }

  /**
   * Waits for a limited time only. Replaces an earlier {@code timeout} or {@code orElse}.
   *
   * @param timeout how long to wait; zero or negative means one attempt
   * @param then gives the result when the time is over; no clause took effect
   */
  public Select<R> timeout(Duration timeout, Supplier<? extends R> then) {
    this.timeout = requireNonNull(timeout, "timeout");
    this.onTimeout = requireNonNull(then, "then");
    return this;
  }

  /** Does not wait at all. Replaces an earlier {@code timeout} or {@code orElse}. */
  public Select<R> orElse(Supplier<? extends R> then) {
    return timeout(Duration.ZERO, then);
  }

  /**
   * Does one of the operations, waiting until one is possible.
   *
   * @return the result of the clause that was done, or of the timeout
   * @throws InterruptedException if the thread is interrupted on entry or while it waits; no clause
   *     took effect
   * @throws ChannelClosedException if the channel of a clause without {@code onClosed} is closed
   */
  public R await() throws InterruptedException {
    AbstractChannel.throwIfInterrupted("select");
    return choose().get();
  }

  private Supplier<? extends R> choose() throws InterruptedException {
    var open = new ArrayList<>(clauses);
    var ready = tryAll(open);
    if (ready != null) {
      return ready;
    }
    var time = clauses.getFirst().channel.time;
    @Nullable Deadline deadline = null;
    if (timeout != null) {
      if (!timeout.isPositive()) {
        return requireNonNull(onTimeout);
      }
      deadline = Deadline.after(timeout, time);
    }
    return new Wait(open, deadline).run();
  }

  /** Tries the open clauses; returns what to do after the one that took effect. */
  private @Nullable Supplier<? extends R> tryAll(List<Clause<? extends R>> open) {
    @Nullable ChannelClosedException last = null;
    var start = fair ? ThreadLocalRandom.current().nextInt(open.size()) : 0;
    for (var clause : rotated(open, start)) {
      try {
        var ready = clause.tryNow();
        if (ready != null) {
          return ready;
        }
      } catch (ChannelClosedException closed) {
        if (!skipsClosed) {
          return clause.closed(closed);
        }
        last = closed;
        open.remove(clause);
      }
    }
    if (open.isEmpty()) {
      throw requireNonNull(last);
    }
    return null;
  }

  private static <E> List<E> rotated(List<E> list, int start) {
    var rotated = new ArrayList<E>(list.subList(start, list.size()));
    rotated.addAll(list.subList(0, start));
    return rotated;
  }

  /** One wait in the lines of all clauses. */
  private final class Wait {

    private final Selection selection = new Selection();
    private final List<Clause<? extends R>> open;
    private final List<Clause<? extends R>> joined;
    private final List<Selection.Candidate> candidates = new ArrayList<>();
    private final @Nullable Deadline deadline;

    Wait(List<Clause<? extends R>> open, @Nullable Deadline deadline) {
      this.open = open;
      this.joined = List.copyOf(open);
      this.deadline = deadline;
    }

    Supplier<? extends R> run() throws InterruptedException {
      try {
        for (var clause : joined) {
          var candidate = clause.waiter(selection);
          candidates.add(candidate);
          clause.line.join(candidate);
        }
        while (true) {
          selection.startTrying();
          var ready = tryAll(open);
          if (ready != null) {
            return ready;
          }
          leaveClosed();
          if (selection.startWaiting() && !awaitTurn()) {
            var last = selection.stopWaiting() ? tryAll(open) : null;
            return last != null ? last : timedOutOrServed();
          }
          if (!selection.stopWaiting() && selection.served() != null) {
            return served();
          }
          rejoin();
        }
      } finally {
        for (var i = 0; i < candidates.size(); i++) {
          joined.get(i).line.leave(candidates.get(i));
        }
      }
    }

    /** Parks until something happened; returns false if the time is over. */
    private boolean awaitTurn() throws InterruptedException {
      var channel = joined.getFirst().channel;
      while (selection.served() == null && everybodyIsInLine()) {
        if (Thread.interrupted()) {
          if (selection.stopWaiting()) {
            throw new InterruptedException("interrupted while waiting in a select");
          }
          Thread.currentThread().interrupt(); // a clause took effect first
          return true;
        }
        if (!Deadline.park(deadline, channel.time, channel)) {
          return false;
        }
      }
      return true;
    }

    private boolean everybodyIsInLine() {
      for (var i = 0; i < candidates.size(); i++) {
        if (candidates.get(i).place != Place.IN_LINE && open.contains(joined.get(i))) {
          return false;
        }
      }
      return true;
    }

    /** Leaves the lines of channels that were found closed. */
    private void leaveClosed() {
      for (var i = 0; i < candidates.size(); i++) {
        if (!open.contains(joined.get(i))) {
          joined.get(i).line.leave(candidates.get(i));
        }
      }
    }

    /** Puts candidates that were woken, and put down their baton, back in line. */
    private void rejoin() {
      for (var i = 0; i < candidates.size(); i++) {
        if (candidates.get(i).place != Place.IN_LINE && open.contains(joined.get(i))) {
          joined.get(i).line.join(candidates.get(i));
        }
      }
    }

    private Supplier<? extends R> timedOutOrServed() {
      return selection.served() != null ? served() : requireNonNull(onTimeout);
    }

    private Supplier<? extends R> served() {
      var candidate = selection.servedNow();
      var clause = joined.get(candidates.indexOf(candidate));
      clause.line.leave(candidate); // waits until the other thread has handed over
      return clause.served(candidate);
    }
  }
}
