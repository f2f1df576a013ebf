package dev.touchstone.patterns.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(LazyTest.Kind.class)
class LazyTest {

  enum Kind {
    OF {
      @Override
      <T> Lazy<T> lazy(String name, Supplier<? extends T> initializer) {
        return Lazy.of(name, initializer);
      }

      @Override
      <T> Lazy<T> lazy(Supplier<? extends T> initializer) {
        return Lazy.of(initializer);
      }
    },
    CONSTANT {
      @Override
      <T> Lazy<T> lazy(String name, Supplier<? extends T> initializer) {
        return Lazy.constant(name, initializer);
      }

      @Override
      <T> Lazy<T> lazy(Supplier<? extends T> initializer) {
        return Lazy.constant(initializer);
      }
    };

    abstract <T> Lazy<T> lazy(String name, Supplier<? extends T> initializer);

    abstract <T> Lazy<T> lazy(Supplier<? extends T> initializer);
  }

  @Parameter
  Kind kind;

  @Test
  void makesItsValueAtTheFirstUseAndOnce() {
    var runs = new AtomicInteger();
    var lazy = kind.lazy(() -> "value " + runs.incrementAndGet());

    assertThat(lazy.isInitialized()).isFalse();
    assertThat(runs).hasValue(0);
    assertThat(lazy.get()).isEqualTo("value 1").isSameAs(lazy.get());
    assertThat(lazy.isInitialized()).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void hasADescriptionThatDoesNotMakeIt() {
    var lazy = kind.lazy("the answer", () -> 42);

    assertThat(lazy).hasToString("Lazy[the answer, not made]");
    assertThat(lazy.get()).isEqualTo(42);
    assertThat(lazy).hasToString("Lazy[the answer=42]");
  }

  @Test
  void isNamedByTheClassOfItsInitializer() {
    assertThat(kind.lazy(() -> 42)).hasToString("Lazy[" + LazyTest.class.getName() + ", not made]");
  }

  @Test
  void isEqualToItselfOnly() {
    Supplier<Integer> initializer = () -> 42;
    var lazy = kind.lazy("a", initializer);

    assertThat(lazy).isEqualTo(lazy).isNotEqualTo(kind.lazy("a", initializer));
  }

  @Test
  void givesAFailureToTheCallerAndTriesAgainForTheNext() {
    var runs = new AtomicInteger();
    var lazy = kind.lazy(() -> {
      if (runs.incrementAndGet() < 3) {
        throw new IllegalArgumentException("run " + runs);
      }
      return "value";
    });

    assertThatThrownBy(lazy::get)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("run 1");
    assertThat(lazy.isInitialized()).isFalse();
    assertThatThrownBy(lazy::get).hasMessage("run 2");
    assertThat(lazy.get()).isEqualTo("value");
  }

  @Test
  void doesNotWrapACheckedExceptionThatTheCompilerMissed() {
    var lazy = kind.lazy(() -> sneak(new IOException("disk")));

    assertThatThrownBy(lazy::get).isExactlyInstanceOf(IOException.class).hasMessage("disk");
  }

  @Test
  void rejectsNull() {
    var lazy = kind.lazy("nothing", () -> null);

    assertThatNullPointerException()
        .isThrownBy(lazy::get)
        .withMessage("the initializer of nothing returned null");
    assertThatNullPointerException().isThrownBy(() -> kind.lazy(null)).withMessage("initializer");
    assertThatNullPointerException().isThrownBy(() -> kind.lazy(null, () -> 1)).withMessage("name");
  }

  @Test
  void showsTheCircleWhenItNeedsItself() {
    var engine = new AtomicReference<Lazy<String>>();
    var fuel = kind.<String>lazy("fuel", () -> engine.get().get());
    var pump = kind.<String>lazy("pump", fuel::get);
    engine.set(kind.lazy("engine", pump::get));
    var car = kind.<String>lazy("car", engine.get()::get);

    assertThatIllegalStateException()
        .isThrownBy(car::get)
        .withMessage(
            "a lazy value needs itself: engine -> pump -> fuel -> engine; take one of these "
                + "out of the initializer of the one before it");
  }

  @Test
  void canStillBeMadeAfterItsCircleWasBroken() {
    var broken = new AtomicBoolean();
    var self = new AtomicReference<Lazy<Integer>>();
    self.set(kind.lazy("self", () -> broken.get() ? 1 : self.get().get()));

    assertThatIllegalStateException().isThrownBy(self.get()::get);
    broken.set(true);

    assertThat(self.get().get()).isEqualTo(1);
  }

  @Test
  void dropsItsInitializer() {
    var captured = new Object();
    var reference = new WeakReference<>(captured);
    var lazy = lazyThatCaptures(captured);
    lazy.get();
    captured = null;

    Awaitility.await().until(() -> {
      System.gc();
      return reference.get() == null;
    });
    assertThat(lazy.isInitialized()).isTrue();
  }

  private Lazy<Integer> lazyThatCaptures(Object captured) {
    return kind.lazy(captured::hashCode);
  }

  @Test
  void runsItsInitializerInOneOfManyThreadsThatRace() throws Exception {
    int threads = 8;
    for (int round = 0; round < 200; round++) {
      var runs = new AtomicInteger();
      var lazy = kind.lazy(runs::incrementAndGet);
      var start = new CyclicBarrier(threads);

      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Integer> race = () -> {
          start.await();
          return lazy.get();
        };
        var results =
            executor.invokeAll(Stream.generate(() -> race).limit(threads).toList());

        for (var result : results) {
          assertThat(result.get()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void letsAWaiterTryWhenTheFirstThreadFails() throws Exception {
    var runs = new AtomicInteger();
    var inside = new CountDownLatch(1);
    var fail = new CountDownLatch(1);
    var lazy = kind.lazy(() -> {
      if (runs.incrementAndGet() == 1) {
        inside.countDown();
        awaitUninterruptibly(fail);
        throw new IllegalArgumentException("first");
      }
      return "second";
    });
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(lazy::get);
      inside.await();
      var waiter = new AtomicReference<Thread>();
      var second = executor.submit(() -> {
        waiter.set(Thread.currentThread());
        return lazy.get();
      });
      awaitWaiting(waiter);

      fail.countDown();

      assertThatThrownBy(first::get).cause().hasMessage("first");
      assertThat(second.get()).isEqualTo("second");
    }
  }

  @Test
  void keepsTheInterruptFlagOfAWaiterWithoutEndingItsWait() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var lazy = kind.lazy(() -> {
      inside.countDown();
      awaitUninterruptibly(go);
      return "value";
    });
    var flag = new AtomicBoolean();
    var seen = new AtomicReference<String>();
    var maker = Thread.startVirtualThread(lazy::get);
    inside.await();
    var waiter = Thread.startVirtualThread(() -> {
      seen.set(lazy.get());
      flag.set(Thread.currentThread().isInterrupted());
    });
    awaitWaiting(new AtomicReference<>(waiter));

    waiter.interrupt();
    go.countDown();
    waiter.join();
    maker.join();

    assertThat(seen).hasValue("value");
    assertThat(flag).isTrue();
  }

  @Test
  void reportsThreadsThatWouldWaitForEachOther() throws Exception {
    var meet = new CyclicBarrier(2);
    var lazies = new AtomicReference<Lazy<String>>();
    var tries = new AtomicInteger();
    var left = kind.<String>lazy("left", () -> {
      meet(meet, tries);
      return lazies.get().get();
    });
    var right = kind.<String>lazy("right", () -> {
      meet(meet, tries);
      return left.get();
    });
    lazies.set(right);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = executor.submit(left::get);
      var other = executor.submit(right::get);

      assertThatThrownBy(one::get).hasMessageContaining("lazy value");
      assertThatThrownBy(other::get).hasMessageContaining("lazy value");
    }
  }

  /** Lets the first two initializers start together, and later ones pass. */
  private static void meet(CyclicBarrier barrier, AtomicInteger tries) {
    if (tries.incrementAndGet() > 2) {
      return;
    }
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitWaiting(AtomicReference<Thread> thread) {
    Awaitility.await()
        .until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T, X extends Throwable> T sneak(Throwable e) throws X {
    throw (X) e;
  }
}
