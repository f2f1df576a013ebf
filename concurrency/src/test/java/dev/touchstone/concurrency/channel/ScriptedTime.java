package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;

/** Does the next thing of a script where a thread would park: makes a race happen in a test. */
final class ScriptedTime implements TimeSource {

  private final ArrayDeque<Runnable> parks = new ArrayDeque<>();
  private long now;

  ScriptedTime thenWhenParking(Runnable action) {
    parks.add(action);
    return this;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void park(Object blocker) {
    assertThat(parks).as("no park was expected").isNotEmpty();
    parks.poll().run();
  }

  /** Does the next thing, after which the deadline is over. */
  @Override
  public void parkUntil(Object blocker, long deadline) {
    now = deadline;
    park(blocker);
  }

  @Override
  public Timer schedule(Runnable action, Duration delay) {
    throw new UnsupportedOperationException();
  }
}
