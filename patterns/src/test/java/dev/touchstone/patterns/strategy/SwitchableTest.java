package dev.touchstone.patterns.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SwitchableTest {

  private static final class Service implements AutoCloseable {

    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void close() {
      closed.incrementAndGet();
    }

    int closed() {
      return closed.get();
    }
  }

  private final Service first = new Service();
  private final Service second = new Service();
  private final Switchable<Service> switchable = Switchable.of(first);

  @Test
  void givesThePresentValue() {
    assertThat(switchable.<Object>use(service -> service)).isSameAs(first);

    switchable.swap(second);

    assertThat(switchable.<Object>use(service -> service)).isSameAs(second);
  }

  @Test
  void closesAValueThatNobodyUsesAtOnceAndOnce() throws Exception {
    var swap = switchable.swap(second);

    assertThat(swap.isDone()).isTrue();
    assertThat(swap.await(Duration.ZERO)).isTrue();
    assertThat(swap.closeFailure()).isEmpty();
    assertThat(first.closed()).isEqualTo(1);
    assertThat(second.closed()).isZero();
  }

  @Test
  void closesAValueInUseWhenItsLastLeaseEnds() throws Exception {
    var one = switchable.lease();
    var other = switchable.lease();
    var swap = switchable.swap(second);

    assertThat(swap.await(Duration.ZERO)).isFalse();
    one.close();
    one.close();
    assertThat(first.closed()).isZero();
    assertThat(other.value()).isSameAs(first);
    other.close();

    assertThat(first.closed()).isEqualTo(1);
    assertThat(swap.isDone()).isTrue();
  }

  @Test
  void closesAValueThatIsReplacedWhileItIsUsedAfterTheUse() {
    var closedInside = switchable.use(service -> {
      switchable.swap(second);
      return service.closed();
    });

    assertThat(closedInside).isZero();
    assertThat(first.closed()).isEqualTo(1);
  }

  @Test
  void refusesTheValueOfALeaseThatHasEnded() {
    var lease = switchable.lease();
    lease.close();

    assertThatIllegalStateException()
        .isThrownBy(lease::value)
        .withMessage("the lease is closed, and its value may be; take a new lease");
  }

  @Test
  void refusesToReplaceAValueByItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> switchable.swap(first))
        .withMessageStartingWith(
            "next must be another value than the present one, which is closed; was ");
    assertThat(first.closed()).isZero();
  }

  @Test
  void keepsWhatClosingThrewFromTheOneWhoHappenedToBeLast() {
    var failing = Switchable.<AutoCloseable>of(() -> {
      throw new IOException("disk");
    });

    var swap = failing.swap(second);

    assertThat(swap.isDone()).isTrue();
    assertThat(swap.closeFailure()).get().isInstanceOf(IOException.class);
  }

  @Test
  void replacesValuesThatNeedNoClosing() {
    var text = Switchable.of("a");

    assertThat(text.swap("b").isDone()).isTrue();
    assertThat(text).hasToString("Switchable[b]");
  }

  @Test
  void letsAThreadAwaitTheEnd() throws Exception {
    var lease = switchable.lease();
    var swap = switchable.swap(second);
    var ended = new AtomicBoolean();
    var waiter = Thread.startVirtualThread(() -> {
      try {
        ended.set(swap.await(Duration.ofMinutes(1)));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

    lease.close();
    waiter.join();

    assertThat(ended).isTrue();
  }

  @Test
  void neverGivesOutAClosedValueWhileOthersReplaceIt() {
    var violations = new AtomicInteger();
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 3; thread++) {
        executor.execute(() -> {
          for (int i = 0; i < 20_000; i++) {
            switchable.use(service -> {
              if (service.closed() != 0) {
                violations.incrementAndGet();
              }
              return service;
            });
          }
        });
      }
      executor.execute(() -> {
        for (int i = 0; i < 20_000; i++) {
          switchable.swap(new Service());
        }
      });
    }

    assertThat(violations).hasValue(0);
  }
}
