package dev.touchstone.concurrency.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyedLockTest {

  private final KeyedLock<String> locks = KeyedLock.create();

  @AfterEach
  void noKeyHoldsMemory() {
    assertThat(locks.size()).isZero();
    assertThat(locks.holders()).isEmpty();
    assertThat(locks.lockWaits()).isEmpty();
  }

  private static <T> CompletableFuture<T> onOther(Callable<T> work) {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      }
    });
    return result;
  }

  private void awaitWaiters(int count) {
    Awaitility.await().until(() -> locks.lockWaits().size() == count);
  }

  @Nested
  class OneKey {

    @Test
    void isHeldByOneThread() throws Exception {
      try (var hold = locks.lock("a")) {
        assertThat(hold).isNotNull();
        assertThat(locks.holders()).isEqualTo(Map.of("a", Thread.currentThread()));
        assertThat(locks).hasToString("KeyedLock[1 keys of lock]");
        assertThat(onOther(() -> locks.tryLock("a").isPresent()).get()).isFalse();
        assertThat(onOther(() -> locks.tryLock("a", Duration.ofMillis(5)).isPresent())
                .get())
            .isFalse();
      }
      assertThat(onOther(() -> {
                try (var hold = locks.lock("a")) {
                  return hold != null;
                }
              })
              .get())
          .isTrue();
    }

    @Test
    void isNotConfusedWithOneOfTheSameHash() throws Exception {
      assertThat("Aa").hasSameHashCodeAs("BB");
      try (var hold = locks.lock("Aa")) {
        assertThat(hold).isNotNull();
        assertThat(onOther(() -> locks.withLock("BB", () -> "free")).get()).isEqualTo("free");
      }
    }

    @Test
    @SuppressWarnings("try") // what closing twice does is the question
    void isReentrant() throws Exception {
      try (var outer = locks.lock("a");
          var inner = locks.lock("a")) {
        assertThat(outer).isNotSameAs(inner);
        inner.close();
        inner.close(); // gives back once
        assertThat(locks.holders()).containsKey("a");
      }
    }

    @Test
    void isServedInTheOrderOfArrival() throws Exception {
      var order = new StringBuffer();
      var hold = locks.lock("a");
      CompletableFuture<?>[] waiting = new CompletableFuture<?>[3];
      for (int i = 0; i < 3; i++) {
        var number = i;
        waiting[i] = onOther(() -> locks.withLock("a", () -> order.append(number)));
        awaitWaiters(i + 1);
      }
      hold.close();
      CompletableFuture.allOf(waiting).get(10, TimeUnit.SECONDS);

      assertThat(order).hasToString("012");
    }

    @Test
    void isGivenBackWhenTheWorkFails() {
      assertThatThrownBy(() -> locks.withLock("a", () -> {
            throw new IllegalStateException("broken");
          }))
          .hasMessage("broken");
    }

    @Test
    @SuppressWarnings("try") // what closing elsewhere does is the question
    void isGivenBackByItsHolderOnly() throws Exception {
      try (var hold = locks.lock("a")) {
        var stranger = onOther(() -> {
          hold.close();
          return "closed";
        });
        assertThatThrownBy(stranger::join)
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(IllegalMonitorStateException.class)
            .hasMessageContaining("must be released by its holder");
      }
    }

    @Test
    void isNotTakenByAnInterruptedThread() throws Exception {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> locks.lock("a")).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();

      Thread.currentThread().interrupt();
      locks.tryLock("a").orElseThrow().close(); // does not wait, so the flag does not matter
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isNotTakenByAWaiterThatIsInterrupted() throws Exception {
      var thread = new CompletableFuture<Thread>();
      var hold = locks.lock("a");
      var waiter = onOther(() -> {
        thread.complete(Thread.currentThread());
        return locks.lock("a");
      });
      awaitWaiters(1);
      thread.join().interrupt();

      assertThatThrownBy(waiter::join).hasCauseInstanceOf(InterruptedException.class);
      assertThat(locks.lockWaits()).isEmpty();
      hold.close();
    }
  }

  @Nested
  class AllKeys {

    @Test
    void areHeldTogether() throws Exception {
      try (var hold = locks.lockAll(List.of("b", "a", "b"))) {
        assertThat(hold).isNotNull();
        assertThat(locks.holders()).containsOnlyKeys("a", "b");
      }
    }

    @Test
    void areNotHeldAtAllIfOneIsNotToBeHad() throws Exception {
      try (var hold = locks.lock("b")) {
        assertThat(hold).isNotNull();
        assertThat(onOther(() -> locks
                    .tryLockAll(List.of("a", "b", "c"), Duration.ofMillis(5))
                    .isPresent())
                .get())
            .isFalse();
        assertThat(locks.holders()).containsOnlyKeys("b");
      }
    }

    @Test
    void areTakenInOneOrder() throws Exception {
      var done = new CountDownLatch(2);
      for (var keys : List.of(List.of("a", "b"), List.of("b", "a"))) {
        onOther(() -> {
          for (int i = 0; i < 10_000; i++) {
            locks.lockAll(keys).close();
          }
          done.countDown();
          return null;
        });
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void needAnOrder() {
      var objects = KeyedLock.<Object>create();
      assertThatThrownBy(() -> objects.lockAll(List.of(new Object(), new Object())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("keys of class java.lang.Object have no order: set one with"
              + " KeyedLock.builder().order(comparator)");
      var byLength = KeyedLock.<String>builder()
          .order(Comparator.comparing(String::length))
          .build();
      assertThatThrownBy(() -> byLength.lockAll(List.of("a", "b")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the order must tell different keys apart, but takes a and b for the same");
      assertThatThrownBy(() -> locks.lockAll(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("keys must not be empty");
    }
  }

  @Test
  void checksItsName() {
    assertThatThrownBy(() -> KeyedLock.builder().name(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name must not be blank");
  }
}
