package dev.touchstone.patterns.lazy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The making of one lazy value: one thread at a time tries, until one has succeeded. */
final class Initialization<T> {

  /*
   * A thread that finds no attempt under way puts its own in place and runs the initializer; the
   * others wait for that attempt to end, and then look again. No lock is held while the initializer
   * runs: an attempt has an owner and a latch.
   *
   * Waiting is for ever if the owner of the awaited attempt is itself waiting for the waiter. To
   * find that out, each thread that makes lazy values has one Work, which all its attempts share
   * and which says what it waits for. A thread writes down what it will wait for, then follows the
   * links; both are volatile, so that of several threads closing a circle at once at least one sees
   * all of it. A link read earlier may be stale, so a circle counts only if all its attempts are
   * still unfinished after the walk: then each owner was, and is, inside of them.
   */

  private static final ThreadLocal<Work> WORK = new ThreadLocal<>();

  private final String name;
  private final AtomicReference<@Nullable Attempt> running = new AtomicReference<>();

  /** Read and written by the owner of the attempt in {@link #running} only. */
  private @Nullable Supplier<? extends T> initializer;

  private volatile @Nullable T result;

  Initialization(String name, Supplier<? extends T> initializer) {
    this.name = requireNonNull(name, "name");
    this.initializer = requireNonNull(initializer, "initializer");
  }

  /** Returns the class that the initializer was written in, for want of a better name. */
  static String nameOf(Supplier<?> initializer) {
    var type = requireNonNull(initializer, "initializer").getClass().getName();
    var lambda = type.indexOf("$$Lambda");
    return lambda < 0 ? type : type.substring(0, lambda);
  }

  String name() {
    return name;
  }

  /** Returns the value if there is one; does not wait. */
  @Nullable
  T resultOrNull() {
    return result;
  }

  /** Returns the value, having made it or waited for it where needed. */
  T result() {
    while (true) {
      var made = result;
      if (made != null) {
        return made;
      }
      var work = WORK.get();
      var attempt = new Attempt(this, work == null ? new Work(Thread.currentThread()) : work);
      var other = running.compareAndExchange(null, attempt);
      if (other == null) {
        return run(attempt);
      }
      if (work == null) {
        other.awaitEnd();
      } else {
        work.await(other);
      }
    }
  }

  private T run(Attempt attempt) {
    attempt.begin();
    try {
      var made = result;
      return made != null ? made : make();
    } finally {
      attempt.end();
      running.set(null);
      attempt.done.countDown();
    }
  }

  private T make() {
    var supplier = requireNonNull(initializer);
    var made =
        requireNonNull(supplier.get(), () -> "the initializer of " + name + " returned null");
    initializer = null;
    result = made;
    return made;
  }

  @Override
  public String toString() {
    var made = result;
    return "Lazy[" + name + (made == null ? ", not made]" : "=" + made + "]");
  }

  /** One run of the initializer. */
  private static final class Attempt {

    final Initialization<?> initialization;
    final Work work;
    final CountDownLatch done = new CountDownLatch(1);

    Attempt(Initialization<?> initialization, Work work) {
      this.initialization = initialization;
      this.work = work;
    }

    void begin() {
      if (work.attempts.isEmpty()) {
        WORK.set(work);
      }
      work.attempts.addLast(this);
    }

    void end() {
      work.attempts.removeLast();
      if (work.attempts.isEmpty()) {
        WORK.remove();
      }
    }

    @Override
    public String toString() {
      return initialization.name + " (being made by " + work.thread.getName() + ")";
    }

    boolean isUnfinished() {
      return done.getCount() != 0;
    }

    void awaitEnd() {
      var interrupted = false;
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What one thread is making. Only {@link #awaited} is read by other threads. */
  private static final class Work {

    final Thread thread;
    final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
    volatile @Nullable Attempt awaited;

    Work(Thread thread) {
      this.thread = thread;
    }

    void await(Attempt attempt) {
      if (attempt.work == this) {
        throw new IllegalStateException("a lazy value needs itself: " + circleFrom(attempt)
            + "; take one of these out of the initializer of the one before it");
      }
      awaited = attempt;
      try {
        checkThatItEnds(attempt);
        attempt.awaitEnd();
      } finally {
        awaited = null;
      }
    }

    private String circleFrom(Attempt attempt) {
      var inner = attempts.stream().dropWhile(other -> other != attempt);
      return Stream.concat(inner, Stream.of(attempt))
          .map(other -> other.initialization.name)
          .collect(Collectors.joining(" -> "));
    }

    private void checkThatItEnds(Attempt first) {
      var chain = new ArrayDeque<Attempt>();
      for (Attempt next = first; next != null; next = next.work.awaited) {
        if (chain.contains(next)) { // a circle of others, which one of them will report
          return;
        }
        chain.addLast(next);
        if (next.work == this) {
          if (chain.stream().allMatch(Attempt::isUnfinished)) {
            throw new IllegalStateException("lazy values wait for each other: "
                + chain.stream()
                    .map(Attempt::toString)
                    .collect(Collectors.joining(", which waits for "))
                + ", which waits for " + first.initialization.name
                + "; make one of them before the threads start");
          }
          return;
        }
      }
    }
  }
}
