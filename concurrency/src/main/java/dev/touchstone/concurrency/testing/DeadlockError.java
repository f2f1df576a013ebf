package dev.touchstone.concurrency.testing;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Thrown when every thread of a scenario waits and no timer is left that could wake one: a deadlock,
 * or a wake-up that was lost.
 *
 * <p>The message has the stack of every thread.
 */
public final class DeadlockError extends SimulationError {

  private static final long serialVersionUID = 1L;

  DeadlockError(Collection<Thread> waiting, Trace trace) {
    super("every thread waits, and no timer is left" + stacks(waiting), trace, null);
  }

  private static String stacks(Collection<Thread> threads) {
    return threads.stream().map(DeadlockError::stack).collect(Collectors.joining());
  }

  private static String stack(Thread thread) {
    var frames = Stream.of(thread.getStackTrace())
        .map(frame -> "\n      at " + frame)
        .collect(Collectors.joining());
    return "\n    thread '" + thread.getName() + "'" + frames;
  }
}
