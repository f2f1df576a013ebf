package dev.touchstone.concurrency.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedTest {

  private final Guarded<List<String>> list = Guarded.of("list", new ArrayList<>());

  @AfterEach
  void nobodyWaits() {
    assertThat(list.lockWaits()).isEmpty();
  }

  @Test
  void readsAndWrites() {
    list.change(it -> it.add("a"));
    assertThat(list.<Integer>write(it -> {
          it.add("b");
          return it.size();
        }))
        .isEqualTo(2);
    assertThat(list.<List<String>>read(List::copyOf)).containsExactly("a", "b");
    assertThat(list).hasToString("Guarded 'list'");
  }

  @Test
  void isReentrantButForAwait() {
    list.change(it -> assertThat(list.<Integer>read(List::size)).isZero());
    list.change(it -> assertThatThrownBy(() -> list.await(List::isEmpty, List::size))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "await of Guarded 'list' must not be called by a function that holds its lock"));
  }

  @Test
  void releasesTheLockWhenAFunctionFails() throws Exception {
    assertThatThrownBy(() -> list.read(it -> {
          throw new IllegalStateException("broken");
        }))
        .hasMessage("broken");
    assertThatThrownBy(() -> list.await(
            it -> {
              throw new IllegalStateException("broken condition");
            },
            List::size))
        .hasMessage("broken condition");
    var thread = Thread.startVirtualThread(() -> list.change(it -> it.add("a")));
    thread.join();
    assertThat(list.<Integer>read(List::size)).isEqualTo(1);
  }

  @Test
  void limitsItsWaits() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var holder = Thread.startVirtualThread(() -> list.change(it -> {
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }));
    entered.await();

    assertThat(list.read(List::size, Duration.ZERO)).isEmpty();
    assertThat(list.write(List::size, Duration.ofMillis(2))).isEmpty();
    release.countDown();
    holder.join();
    assertThat(list.read(List::size, Duration.ZERO)).contains(0);
    assertThat(list.await(it -> !it.isEmpty(), List::size, Duration.ofMillis(2)))
        .isEmpty();
    assertThat(list.await(List::isEmpty, List::size, Duration.ZERO)).contains(0);
  }

  @Test
  void keepsTheFlagWhereItDoesNotDeclareTheException() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var holder = Thread.startVirtualThread(() -> list.change(it -> {
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }));
    entered.await();
    var flag = new boolean[1];
    var interrupted = Thread.startVirtualThread(() -> {
      Thread.currentThread().interrupt();
      list.change(it -> it.add("through the interruption"));
      flag[0] = Thread.currentThread().isInterrupted();
    });
    Awaitility.await().until(() -> list.lockWaits().size() == 1);
    release.countDown();
    interrupted.join();
    holder.join();

    assertThat(flag[0]).isTrue();
    assertThat(list.<Integer>read(List::size)).isEqualTo(1);
  }

  @Test
  void insistsOnAFunctionAndOnItsResultWhereTimeIsLimited() {
    assertThatThrownBy(() -> list.await(List::isEmpty, null, Duration.ZERO))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("function");
    assertThatThrownBy(() -> list.read(it -> null, Duration.ZERO))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the function must return a value where there is a time limit");
  }

  @Test
  void throwsWhenInterruptedOnEntry() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> list.await(List::isEmpty, List::size))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> list.read(List::size, Duration.ZERO))
        .isInstanceOf(InterruptedException.class);
  }
}
