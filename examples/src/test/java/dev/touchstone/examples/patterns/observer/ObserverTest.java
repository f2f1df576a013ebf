package dev.touchstone.examples.patterns.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.observe.DeliveryException;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Signal;
import dev.touchstone.patterns.observe.Subscription;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObserverTest {

  private final List<String> calls = new ArrayList<>();

  @Nested
  class TheForms {

    @Test
    void observersAreFunctions() throws Exception {
      var counter = new Counter();
      try (var subscription = counter.onChange(value -> calls.add("now " + value))) {
        counter.increment();
        assertThat(subscription).isNotNull();
      }
      counter.increment();

      assertThat(calls).containsExactly("now 1");
    }

    @Test
    void theClassicFormAsksObserversToFetchTheState() {
      var subject = new ClassicSubject();
      ClassicSubject.Observer observer = changed -> calls.add("now " + changed.state());
      subject.attach(observer);
      subject.setState(1);
      subject.detach(observer);
      subject.setState(2);

      assertThat(calls).containsExactly("now 1");
    }
  }

  @Nested
  class UnsubscribingInACallback {

    @Test
    void naivelyBreaksTheIteration() {
      var subject = new ClassicSubject();
      subject.attach(new ClassicSubject.Observer() {
        @Override
        public void update(ClassicSubject changed) {
          changed.detach(this);
        }
      });
      subject.attach(changed -> calls.add("second"));
      subject.attach(changed -> calls.add("third"));

      assertThatExceptionOfType(ConcurrentModificationException.class)
          .isThrownBy(() -> subject.setState(1));
    }

    @Test
    void isFineWithASignal() {
      var signal = Signal.<String>create();
      var first = new AtomicReference<Subscription>();
      first.set(signal.subscribe(event -> first.get().close()));
      signal.subscribe(event -> calls.add("second"));

      signal.emit("event");

      assertThat(calls).containsExactly("second");
    }
  }

  @Nested
  class AnObserverRemovedByAnEarlierOne {

    @Test
    void naivelyIsCalledOnceMore() {
      var observers = new CopyOnWriteArrayList<Consumer<String>>();
      Consumer<String> second = event -> calls.add("second, though removed");
      observers.add(event -> observers.remove(second));
      observers.add(second);

      observers.forEach(observer -> observer.accept("event"));

      assertThat(calls).containsExactly("second, though removed");
    }

    @Test
    void isNotCalledByASignal() {
      var signal = Signal.<String>create();
      var second = new AtomicReference<Subscription>();
      signal.subscribe(event -> second.get().close());
      second.set(signal.subscribe(event -> calls.add("second")));

      signal.emit("event");

      assertThat(calls).isEmpty();
    }
  }

  @Nested
  class AnObserverThatThrows {

    private final IllegalStateException failure = new IllegalStateException("first");

    @Test
    void naivelyKeepsTheEventFromTheOthers() {
      var subject = new ClassicSubject();
      subject.attach(changed -> {
        throw failure;
      });
      subject.attach(changed -> calls.add("second"));

      assertThatThrownBy(() -> subject.setState(1)).isSameAs(failure);
      assertThat(calls).isEmpty();
    }

    @Test
    void isReportedAfterAllWereCalled() {
      var signal = Signal.<String>create();
      signal.subscribe(event -> {
        throw failure;
      });
      signal.subscribe(event -> calls.add("second"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> signal.emit("event"))
          .withCause(failure);
      assertThat(calls).containsExactly("second");
    }
  }

  @Nested
  class AnEventCausedByAnEvent {

    @Test
    void naivelyIsSeenBeforeItsCause() {
      var observers = new ArrayList<Consumer<String>>();
      Consumer<String> post = event -> observers.forEach(observer -> observer.accept(event));
      observers.add(event -> {
        if (event.equals("cause")) {
          post.accept("effect");
        }
      });
      observers.add(calls::add);

      post.accept("cause");

      assertThat(calls).containsExactly("effect", "cause");
    }

    @Test
    void comesAfterItOnABus() {
      var bus = EventBus.of(String.class).build();
      bus.on(String.class, event -> {
        if (event.equals("cause")) {
          bus.post("effect");
        }
      });
      bus.on(String.class, calls::add);

      bus.post("cause");

      assertThat(calls).containsExactly("cause", "effect");
    }
  }

  @Nested
  class ACallbackUnderALock {

    /** Notifies under the lock that guards the observers. */
    private final class NaiveSubject {

      private final List<Runnable> observers = new ArrayList<>();

      synchronized void subscribe(Runnable observer) {
        observers.add(observer);
      }

      synchronized void fire() {
        observers.forEach(Runnable::run);
      }
    }

    /** Starts a thread that subscribes, and awaits one of two states of it. */
    private Thread.State stateOfAThreadThat(Runnable subscribes) {
      var done = new CountDownLatch(1);
      var other = Thread.ofPlatform().daemon().start(() -> {
        subscribes.run();
        done.countDown();
      });
      Awaitility.await()
          .until(() -> other.getState() == Thread.State.BLOCKED || done.getCount() == 0);
      return done.getCount() == 0 ? Thread.State.TERMINATED : other.getState();
    }

    @Test
    void naivelyKeepsOtherThreadsOut() {
      var subject = new NaiveSubject();
      subject.subscribe(
          () -> calls.add("the other is " + stateOfAThreadThat(() -> subject.subscribe(() -> {}))));

      subject.fire(); // with a join instead of a look, nobody would ever go on

      assertThat(calls).containsExactly("the other is BLOCKED");
    }

    @Test
    void isNotHowASignalCalls() {
      var signal = Signal.<String>create();
      signal.subscribe(event ->
          calls.add("the other is " + stateOfAThreadThat(() -> signal.subscribe(e -> {}))));

      signal.emit("event");

      assertThat(calls).containsExactly("the other is TERMINATED");
    }
  }
}
