package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelBuilderTest {

  @Nested
  class Capacity {

    @Test
    void isSixtyFourUnlessSet() {
      assertThat(Channel.builder().build().capacity()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 30) + 1, Integer.MAX_VALUE})
    void isPositiveAndFitsAnArray(int capacity) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Channel.buffered(capacity))
          .withMessage("capacity must be from 1 to 1073741824, was " + capacity);
    }
  }

  @Nested
  class NullArguments {

    @Test
    void areNamed() {
      var builder = Channel.<String>builder();

      assertThatNullPointerException()
          .isThrownBy(() -> builder.onUndelivered(null))
          .withMessage("handler");
      assertThatNullPointerException()
          .isThrownBy(() -> builder.timeSource(null))
          .withMessage("timeSource");
      assertThatNullPointerException()
          .isThrownBy(() -> builder.build().trySend(null))
          .withMessage("element");
      assertThatNullPointerException()
          .isThrownBy(() -> builder.build().receive(null))
          .withMessage("timeout");
    }
  }

  @Nested
  class OnUndelivered {

    private final IOException cause = new IOException("disk full");
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();

    @Test
    void goesOnAfterAFailureAndReportsIt() throws Exception {
      var handled = new ArrayList<Integer>();
      var failure = new IllegalStateException("first");
      var channel = Channel.<Integer>builder()
          .onUndelivered(element -> {
            handled.add(element);
            if (element == 1) {
              throw failure;
            }
          })
          .build();
      channel.send(1);
      channel.send(2);

      cancelInThread(channel);

      assertThat(handled).containsExactly(1, 2);
      assertThat(uncaught).hasValue(failure);
    }

    @Test
    void goesOnAfterAnErrorOfTheVirtualMachineAndThrowsIt() throws Exception {
      var handled = new ArrayList<Integer>();
      var channel = Channel.<Integer>builder()
          .onUndelivered(element -> {
            handled.add(element);
            if (element == 1) {
              throw new OutOfMemoryError("simulated by a test");
            }
          })
          .build();
      channel.send(1);
      channel.send(2);

      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(() -> channel.cancel(cause))
          .withMessage("simulated by a test");
      assertThat(handled).containsExactly(1, 2);
      assertThat(channel.isDrained()).isTrue();
    }

    private void cancelInThread(Channel<?> channel) throws InterruptedException {
      var thread = Thread.ofPlatform().unstarted(() -> channel.cancel(cause));
      thread.setUncaughtExceptionHandler((t, failure) -> uncaught.set(failure));
      thread.start();
      thread.join();
    }
  }
}
