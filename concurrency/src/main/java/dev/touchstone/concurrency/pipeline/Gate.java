package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;

/** Opens once, for threads that wait for it: a channel that nobody sends to, and its end. */
final class Gate {

  private final Channel<Object> channel;
  private final TimeSource time;

  Gate(TimeSource time) {
    this.time = time;
    channel = Channel.builder().capacity(1).timeSource(time).build();
  }

  void open() {
    channel.close();
  }

  boolean isOpen() {
    return channel.isClosed();
  }

  void await() throws InterruptedException {
    try {
      channel.receive();
    } catch (ChannelClosedException open) {
      return;
    }
  }

  /** Waits at most that long; returns whether it is open. */
  boolean await(Duration limit) throws InterruptedException {
    try {
      channel.receive(limit);
      return false;
    } catch (ChannelClosedException open) {
      return true;
    }
  }

  /** Waits as {@link #await(Duration)}, through interruptions; the flag is set if there were any. */
  boolean awaitUninterruptibly(Duration limit) {
    var deadline = time.deadlineAfter(limit);
    var interrupted = false;
    try {
      while (true) {
        try {
          return await(Duration.ofNanos(deadline - time.nanoTime()));
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
