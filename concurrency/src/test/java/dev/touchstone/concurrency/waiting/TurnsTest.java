package dev.touchstone.concurrency.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final ReentrantLock guard = new ReentrantLock();
  private final Turns<Turn> line = new Turns<>(guard);
  private final Patience endless = Patience.endless(TimeSource.system());
  private final Patience over = Patience.of(Duration.ZERO, TimeSource.system());

  private Turn stand() {
    var turn = Turn.create();
    guard.lock();
    try {
      line.add(turn);
    } finally {
      guard.unlock();
    }
    return turn;
  }

  private Turn take() {
    guard.lock();
    try {
      return line.pollFirst();
    } finally {
      guard.unlock();
    }
  }

  @Test
  void whoIsInterruptedAfterBeingTakenKeepsWhatItGot() throws Exception {
    var turn = stand();
    assertThat(take()).isSameAs(turn); // taken, and not yet called
    Thread.currentThread().interrupt();

    assertThat(line.await(turn, endless, this)).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whoIsLateAfterBeingTakenKeepsWhatItGot() throws Exception {
    var turn = stand();
    take();

    assertThat(line.await(turn, over, this)).isTrue();
  }

  @Test
  void whoGivesUpLeavesTheLine() throws Exception {
    var first = stand();
    var second = stand();

    assertThat(line.await(first, over, this)).isFalse();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> line.await(second, endless, this))
        .isInstanceOf(InterruptedException.class);
    assertThat(take()).isNull();
    assertThat(line.size()).isZero();
  }

  @Test
  void bothEndsAreServedInOrder() {
    var first = stand();
    var second = stand();
    var third = stand();

    assertThat(line.list()).containsExactly(first, second, third);
    assertThat(line.pollLast()).isSameAs(third);
    assertThat(line.pollFirst()).isSameAs(first);
    assertThat(line.pollAll()).containsExactly(second);
    assertThat(line.pollFirst()).isNull();
  }
}
