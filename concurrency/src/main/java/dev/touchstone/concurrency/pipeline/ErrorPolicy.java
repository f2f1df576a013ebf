package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.concurrency.executor.Backoff;
import java.time.Duration;

/**
 * Decides what becomes of an element when a stage has thrown an exception.
 *
 * <p>This tries three more times, and then puts the element aside together with the failure:
 * {@snippet class="dev.touchstone.concurrency.pipeline.SnippetsTest" region="errors"}
 *
 * <p>Policies are immutable and may be used by several stages. They decide about exceptions only: an
 * {@link Error} and an {@link InterruptedException} end the run in any case.
 *
 * @param <T> the type of the elements that it can handle
 */
public sealed interface ErrorPolicy<T> permits ErrorPolicy.Retry, FixedPolicy, DeadLetters {

  /** Returns the default: the run fails. */
  static ErrorPolicy<Object> fail() {
    return FixedPolicy.FAIL;
  }

  /** Returns the policy to go on without the element. */
  static ErrorPolicy<Object> skip() {
    return FixedPolicy.SKIP;
  }

  /**
   * Returns the policy to send the element with its failure to a channel and to go on.
   *
   * <p>The stage waits while the channel is full. If the channel is closed, the run fails with the
   * failure of the stage.
   */
  static <T> ErrorPolicy<T> deadLetter(Sender<? super DeadLetter<T>> sender) {
    return new DeadLetters<>(requireNonNull(sender, "sender"));
  }

  /**
   * Returns the policy to try again up to {@code times} times, 100 ms after the first failure and
   * twice as long after each further one, and then to fail.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  static Retry<Object> retry(int times) {
    return retry(times, Backoff.doubling(Duration.ofMillis(100), Duration.ofSeconds(10)));
  }

  /**
   * Returns the policy to try again up to {@code times} times, and then to fail.
   *
   * <p>The thread of the stage waits between two attempts. Stopping a run does not shorten that;
   * cancelling it does.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  static Retry<Object> retry(int times, Backoff backoff) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, was " + times);
    }
    return new Retry<>(times, requireNonNull(backoff, "backoff"), fail());
  }

  /**
   * Tries again, and then does what another policy says.
   *
   * @param <T> the type of the elements that it can handle
   */
  final class Retry<T> implements ErrorPolicy<T> {

    final int times;
    final Backoff backoff;
    final ErrorPolicy<T> last;

    private Retry(int times, Backoff backoff, ErrorPolicy<T> last) {
      this.times = times;
      this.backoff = backoff;
      this.last = last;
    }

    /**
     * Returns the policy to try as often as this one, and then to do what {@code last} says instead
     * of failing.
     *
     * @throws IllegalArgumentException if {@code last} is to retry, too
     */
    public <S> Retry<S> orElse(ErrorPolicy<S> last) {
      if (last instanceof Retry) {
        throw new IllegalArgumentException(
            "after the last attempt comes fail, skip or deadLetter, not another retry:"
                + " use one retry with more attempts");
      }
      return new Retry<>(times, backoff, requireNonNull(last, "last"));
    }
  }
}
