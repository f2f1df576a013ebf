package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignalTest {

  private final List<String> calls = new ArrayList<>();
  private final Signal<String> signal = Signal.create();

  @Nested
  class Emit {

    @Test
    void callsByPriorityAndThenByAge() {
      signal.subscribe(event -> calls.add("a " + event));
      signal.subscribe(-1, event -> calls.add("last " + event));
      signal.subscribe(5, event -> calls.add("first " + event));
      signal.subscribe(event -> calls.add("b " + event));

      assertThat(signal.emit("x")).isEqualTo(4);
      assertThat(calls).containsExactly("first x", "a x", "b x", "last x");
    }

    @Test
    void callsNobodyWhenNobodySubscribed() {
      assertThat(signal.emit("x")).isZero();
    }

    @Test
    void callsAListenerAsOftenAsItSubscribed() {
      Listener<String> listener = calls::add;
      signal.subscribe(listener);
      signal.subscribe(listener).close();
      signal.subscribe(listener);

      signal.emit("x");

      assertThat(calls).containsExactly("x", "x");
    }

    @Test
    void deliversANestedEventAtOnce() {
      signal.subscribe(event -> {
        calls.add("a " + event);
        if (event.equals("cause")) {
          signal.emit("effect");
        }
      });
      signal.subscribe(event -> calls.add("b " + event));

      signal.emit("cause");

      assertThat(calls).containsExactly("a cause", "a effect", "b effect", "b cause");
    }

    @Test
    void rejectsNull() {
      assertThatNullPointerException().isThrownBy(() -> signal.emit(null)).withMessage("event");
      assertThatNullPointerException()
          .isThrownBy(() -> signal.subscribe(null))
          .withMessage("listener");
      assertThatNullPointerException()
          .isThrownBy(() -> signal.subscribeWeak(null, (o, e) -> {}))
          .withMessage("owner");
    }
  }

  @Nested
  class Subscriptions {

    @Test
    void endDuringADelivery() {
      var later = new AtomicReference<Subscription>();
      signal.subscribe(event -> later.get().close());
      later.set(signal.subscribe(calls::add));

      assertThat(signal.emit("x")).isEqualTo(1);
      assertThat(calls).isEmpty();
      assertThat(later.get().isActive()).isFalse();
    }

    @Test
    void beginWithTheNextEvent() {
      signal.subscribe(event -> signal.subscribe(-1, calls::add));

      signal.emit("one");
      assertThat(calls).isEmpty();
      signal.emit("two");
      assertThat(calls).containsExactly("two");
    }

    @Test
    void mayBeClosedTwice() {
      var subscription = signal.subscribe(calls::add);
      signal.subscribe(event -> calls.add("other"));

      subscription.close();
      subscription.close();

      assertThat(signal.emit("x")).isEqualTo(1);
    }

    @Test
    void sayThatTheirCallsAreNotCounted() {
      var subscription = signal.subscribe(calls::add);

      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> subscription.closeAndAwait(Duration.ZERO))
          .withMessage("the calls of the listener in "
              + Subscriptions.class.getName()
              + " are not counted; register it on a bus with tracked()");
    }

    @Test
    void areMadeThroughAViewThatCannotEmit() {
      var view = signal.view();

      view.subscribe(calls::add);
      view.subscribe(1, event -> calls.add("first"));
      signal.emit("x");

      assertThat(calls).containsExactly("first", "x");
      assertThat(view).isSameAs(signal.view()).isNotInstanceOf(Signal.class);
      assertThat(view).hasToString("View of Signal[2 listeners]");
    }
  }

  @Nested
  class Failures {

    @Test
    void goToTheEmitterAfterAllWereCalled() {
      signal.subscribe(event -> {
        throw new IOException("disk");
      });
      signal.subscribe(calls::add);
      signal.subscribe(event -> {
        throw new AssertionError("bug");
      });

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> signal.emit("x"))
          .withMessage("2 deliveries failed, the first: the listener in " + Failures.class.getName()
              + " failed on java.lang.String: java.io.IOException: disk")
          .withCauseInstanceOf(IOException.class)
          .satisfies(e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(Error.class))
          .satisfies(e -> assertThat(e.failures())
              .extracting(DeliveryFailure::event)
              .containsExactly("x", "x"));
      assertThat(calls).containsExactly("x");
    }

    @Test
    void goToTheHandlerIfThereIsOne() {
      var failures = new ArrayList<DeliveryFailure>();
      var isolated = Signal.<String>create(failures::add);
      isolated.subscribe(event -> {
        throw new IOException("disk");
      });
      isolated.subscribe(calls::add);

      assertThat(isolated.emit("x")).isEqualTo(2);
      assertThat(failures).singleElement().satisfies(failure -> {
        assertThat(failure.event()).isEqualTo("x");
        assertThat(failure.cause()).hasMessage("disk");
      });
      assertThat(calls).containsExactly("x");
    }

    @Test
    void restoreTheInterruptFlag() {
      signal.subscribe(event -> {
        throw new InterruptedException();
      });

      assertThatThrownBy(() -> signal.emit("x")).hasCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void ofTheVirtualMachineEscapeAtOnce() {
      var fatal = new InternalError();
      signal.subscribe(event -> {
        throw fatal;
      });
      signal.subscribe(calls::add);

      assertThatThrownBy(() -> signal.emit("x")).isSameAs(fatal);
      assertThat(calls).isEmpty();
    }
  }

  @Nested
  class WeakSubscriptions {

    @Test
    void callTheListenerWithItsOwner() {
      var owner = new StringBuilder();

      var subscription = signal.subscribeWeak(owner, StringBuilder::append);
      signal.emit("x");
      subscription.close();
      signal.emit("y");

      assertThat(owner).hasToString("x");
    }

    @Test
    void endWithTheirOwner() {
      var owner = new StringBuilder();
      var reference = new WeakReference<>(owner);
      var subscription = signal.view().subscribeWeak(owner, StringBuilder::append);
      assertThat(signal.emit("x")).isEqualTo(1);
      owner = null;

      awaitCollected(reference);

      assertThat(signal.emit("y")).isZero();
      assertThat(subscription.isActive()).isFalse();
      assertThat(signal).hasToString("Signal[0 listeners]");
    }

    @Test
    void areSweptOutByNewOnesIfNothingIsEmitted() {
      var owner = new StringBuilder();
      var reference = new WeakReference<>(owner);
      signal.subscribeWeak(owner, StringBuilder::append);
      owner = null;

      awaitCollected(reference);
      signal.subscribe(calls::add);

      assertThat(signal).hasToString("Signal[1 listeners]");
    }
  }

  @Test
  void makesNoCallOnAnotherThreadAfterTheCallsThatHadBegun() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    signal.subscribe(1, event -> {
      inside.countDown();
      go.await();
    });
    var second = signal.subscribe(calls::add);
    var emitter = Thread.startVirtualThread(() -> signal.emit("x"));
    inside.await();

    second.close();
    go.countDown();
    emitter.join();

    assertThat(calls).isEmpty();
  }

  private static void awaitCollected(WeakReference<?> reference) {
    Awaitility.await().until(() -> {
      System.gc();
      return reference.get() == null;
    });
  }
}
