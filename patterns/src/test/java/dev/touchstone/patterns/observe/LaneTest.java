package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<DeliveryFailure> failures = Collections.synchronizedList(new ArrayList<>());
  private final ManualExecutor executor = new ManualExecutor();
  private final EventBus<String> bus =
      EventBus.of(String.class).onError(failures::add).build();

  /** Runs its tasks when told to, on the thread of the test. */
  private static final class ManualExecutor implements Executor {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean rejecting;
    private @Nullable Error error;

    @Override
    public void execute(Runnable task) {
      if (error != null) {
        throw error;
      }
      if (rejecting) {
        throw new RejectedExecutionException("shut down");
      }
      tasks.addLast(task);
    }

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.removeFirst().run();
      }
    }
  }

  private Registration<String> lane(int capacity, Overflow<? super String> overflow) {
    return bus.on(String.class).named("lane").via(executor).serial().capacity(capacity, overflow);
  }

  private void post(String... events) {
    for (var event : events) {
      bus.post(event);
    }
  }

  @Nested
  class ASerialListener {

    @Test
    void isCalledByItsExecutorInTheOrderOfThePosts() {
      bus.on(String.class).via(executor).serial().handle(calls::add);

      assertThat(bus.post("a")).isEqualTo(1);
      post("b", "c");
      assertThat(calls).isEmpty();
      executor.runAll();

      assertThat(calls).containsExactly("a", "b", "c");
    }

    @Test
    void isNeverCalledTwiceAtATime() {
      var inside = new AtomicInteger();
      var most = new AtomicInteger();
      int posts = 2_000;
      try (var threads = Executors.newFixedThreadPool(4)) {
        bus.on(String.class).via(threads).serial().handle(event -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          calls.add(event);
          inside.decrementAndGet();
        });
        IntStream.range(0, posts).forEach(i -> bus.post("" + i));
        assertThat(bus.close(Duration.ofSeconds(50))).isZero();
      }

      assertThat(most).hasValue(1);
      assertThat(calls)
          .isEqualTo(IntStream.range(0, posts).mapToObj(i -> "" + i).toList());
    }

    @Test
    void sharesItsThreadAfterABatch() {
      bus.on(String.class).via(executor).serial().handle(event -> calls.add("a"));
      bus.on(String.class).via(executor).serial().handle(event -> calls.add("b"));
      IntStream.range(0, 100).forEach(i -> bus.post("" + i));

      executor.runAll();

      assertThat(calls.subList(0, 64)).containsOnly("a");
      assertThat(calls.subList(64, 128)).containsOnly("b");
      assertThat(calls).hasSize(200);
    }

    @Test
    void goesOnAfterItFailed() {
      lane(8, Overflow.block()).handle(event -> {
        calls.add(event);
        throw new IOException(event);
      });

      post("a", "b");
      executor.runAll();

      assertThat(calls).containsExactly("a", "b");
      assertThat(failures).extracting(DeliveryFailure::event).containsExactly("a", "b");
    }

    @Test
    void goesOnAfterAnErrorOfTheMachine() {
      lane(8, Overflow.block()).handle(event -> {
        calls.add(event);
        if (event.equals("a")) {
          throw new StackOverflowError("injected");
        }
      });
      post("a", "b");

      assertThatExceptionOfType(StackOverflowError.class).isThrownBy(executor::runAll);
      executor.runAll();

      assertThat(calls).containsExactly("a", "b");
    }

    @Test
    void isNotCalledWithWhatWaitedWhenItWasClosed() {
      var subscription = lane(8, Overflow.block()).handle(calls::add);
      post("a", "b");

      subscription.close();
      executor.runAll();

      assertThat(calls).isEmpty();
    }

    @Test
    void thatListensOnceAcceptsOneEvent() {
      lane(8, Overflow.block()).once().handle(calls::add);

      assertThat(bus.post("a")).isEqualTo(1);
      assertThat(bus.post("b")).isZero();
      executor.runAll();

      assertThat(calls).containsExactly("a");
      assertThat(bus.describe().listeners()).isEmpty();
    }

    @Test
    void mayPostToItsOwnLane() {
      lane(8, Overflow.block()).handle(event -> {
        calls.add(event);
        if (event.equals("a")) {
          bus.post("b");
        }
      });

      post("a");
      executor.runAll();

      assertThat(calls).containsExactly("a", "b");
    }

    @Test
    void canBeTracked() throws Exception {
      var subscription = lane(8, Overflow.block()).tracked().handle(calls::add);
      post("a");
      executor.runAll();

      assertThat(subscription.closeAndAwait(Duration.ZERO)).isTrue();
      assertThat(calls).containsExactly("a");
    }
  }

  @Nested
  class AFullLane {

    @Test
    void blocksThePosterUntilThereIsRoom() throws Exception {
      lane(1, Overflow.block()).handle(calls::add);
      post("a");
      var poster = Thread.startVirtualThread(() -> post("b"));
      Awaitility.await().until(() -> poster.getState() == Thread.State.WAITING);

      executor.runAll();
      poster.join();
      executor.runAll();

      assertThat(calls).containsExactly("a", "b");
    }

    @Test
    void tellsThePosterWhetherItTookTheEvent() {
      lane(1, Overflow.dropNewest()).handle(calls::add);
      assertThat(List.of(bus.post("a"), bus.post("b"))).containsExactly(1, 0);

      lane(1, Overflow.dropOldest()).handle(calls::add);
      assertThat(List.of(bus.post("c"), bus.post("d"))).containsExactly(1, 1);

      lane(1, Overflow.conflate(event -> "key")).handle(calls::add);
      assertThat(List.of(bus.post("e"), bus.post("f"))).containsExactly(2, 2);
      executor.runAll();

      assertThat(calls).containsExactly("a", "f", "f");
    }

    @Test
    void letsABlockedPosterGoWhenItIsClosed() throws Exception {
      var subscription = lane(1, Overflow.block()).handle(calls::add);
      post("a");
      var poster = Thread.startVirtualThread(() -> calls.add("took " + bus.post("b")));
      Awaitility.await().until(() -> poster.getState() == Thread.State.WAITING);

      subscription.close();
      poster.join();

      assertThat(calls).containsExactly("took 0");
    }

    @Test
    void countsAnInterruptedWaitAsAFailure() throws Exception {
      lane(1, Overflow.block()).handle(calls::add);
      post("a");
      var poster = Thread.startVirtualThread(() -> {
        bus.post("b");
        calls.add("interrupted " + Thread.currentThread().isInterrupted());
      });
      Awaitility.await().until(() -> poster.getState() == Thread.State.WAITING);

      poster.interrupt();
      poster.join();

      assertThat(calls).containsExactly("interrupted true");
      assertThat(failures)
          .singleElement()
          .satisfies(
              failure -> assertThat(failure.cause()).isInstanceOf(InterruptedException.class));
    }

    @Test
    void isAFailureForAListenerThatWouldWaitForItself() {
      lane(1, Overflow.block()).handle(event -> {
        if (event.equals("a")) {
          post("b", "c");
        } else {
          calls.add(event);
        }
      });

      post("a");
      executor.runAll();

      assertThat(calls).containsExactly("b");
      assertThat(failures)
          .singleElement()
          .satisfies(failure -> assertThat(failure.cause())
              .isInstanceOf(LaneFullException.class)
              .hasMessage(
                  "the lane of lane is full with 1 events waiting, and it posted to itself, so that "
                      + "waiting would not end; give it more capacity or another Overflow"));
    }

    @Test
    void isWorkedForByAPosterOnItsOnlyThread() throws Exception {
      try (var threads = Executors.newSingleThreadExecutor()) {
        bus.on(String.class).via(threads).serial().capacity(2, Overflow.block()).handle(calls::add);
        post("first"); // a lane has to have met its thread
        Awaitility.await().until(() -> calls.size() == 1);

        threads.submit(() -> post("a", "b", "c", "d", "e")).get();
        assertThat(bus.close(Duration.ofMinutes(1))).isZero();
      }

      assertThat(calls).containsExactly("first", "a", "b", "c", "d", "e");
    }

    @Test
    void isWorkedForByAListenerOnItsOnlyThread() {
      try (var threads = Executors.newSingleThreadExecutor()) {
        var numbers = EventBus.of(Object.class).onError(failures::add).build();
        numbers
            .on(Integer.class)
            .via(threads)
            .serial()
            .capacity(1, Overflow.block())
            .handle(number -> calls.add("number " + number));
        numbers.on(String.class).via(threads).serial().handle(text -> {
          for (int i = 0; i < text.length(); i++) {
            numbers.post(i);
          }
        });
        numbers.post(0);
        Awaitility.await().until(() -> calls.size() == 1);

        numbers.post("abc");
        Awaitility.await().until(() -> calls.size() == 4);
      }

      assertThat(calls).containsExactly("number 0", "number 0", "number 1", "number 2");
      assertThat(failures).isEmpty();
    }

    @Test
    void dropsTheNewest() {
      lane(2, Overflow.dropNewest()).handle(calls::add);

      post("a", "b");
      assertThat(bus.post("c")).isZero();
      executor.runAll();

      assertThat(calls).containsExactly("a", "b");
      assertThat(bus.describe().listeners().getFirst().delivery())
          .isEqualTo(new Topology.Delivery.Lane(0, 2, 1));
    }

    @Test
    void dropsTheOldest() {
      lane(2, Overflow.dropOldest()).handle(calls::add);

      post("a", "b", "c", "d");
      executor.runAll();

      assertThat(calls).containsExactly("c", "d");
    }

    @Test
    void fails() {
      lane(1, Overflow.fail()).handle(calls::add);

      post("a");
      assertThat(bus.post("b")).isZero();
      executor.runAll();

      assertThat(calls).containsExactly("a");
      assertThat(failures)
          .singleElement()
          .satisfies(failure -> assertThat(failure.cause())
              .isInstanceOf(LaneFullException.class)
              .hasMessage(
                  "the lane of lane is full with 1 events waiting; give it more capacity or another "
                      + "Overflow"));
    }

    @Test
    void doesNotSpendAListenerThatListensOnce() {
      var blocked = lane(1, Overflow.fail()).once();
      var subscription = blocked.handle(calls::add);
      executor.rejecting = true;
      post("a");
      executor.rejecting = false;

      post("b");
      executor.runAll();

      assertThat(calls).containsExactly("b");
      assertThat(subscription.isActive()).isFalse();
    }
  }

  @Nested
  class Conflation {

    @Test
    void keepsTheLatestOfAKeyAtThePlaceOfTheFirst() {
      lane(8, Overflow.conflate((String event) -> event.charAt(0))).handle(calls::add);

      post("a1", "b1", "a2", "c1", "a3");
      executor.runAll();

      assertThat(calls).containsExactly("a3", "b1", "c1");
      assertThat(bus.describe().listeners().getFirst().delivery())
          .isEqualTo(new Topology.Delivery.Lane(0, 8, 2));
    }

    /** Two wait for room; the first finds it, and the second then finds an event of its key. */
    @Test
    void replacesWhatCameWhileThePosterWaited() throws Exception {
      var posters = new ArrayList<Thread>();
      lane(2, Overflow.conflate((String event) -> event.charAt(0))).handle(event -> {
        calls.add(event);
        if (calls.size() <= posters.size()) { // there is room for one more, which comes first
          posters.get(calls.size() - 1).join();
        }
      });
      post("a1", "c1");
      for (var event : List.of("b1", "b2")) {
        var poster = Thread.ofPlatform().start(() -> post(event));
        posters.add(poster);
        Awaitility.await().until(() -> poster.getState() == Thread.State.WAITING);
      }

      executor.runAll();

      assertThat(calls).containsExactly("a1", "c1", "b2");
      assertThat(bus.describe().listeners().getFirst().delivery())
          .isEqualTo(new Topology.Delivery.Lane(0, 2, 1));
    }

    @Test
    void countsANullKeyAsAFailure() {
      lane(8, Overflow.conflate(event -> null)).handle(calls::add);

      post("a");

      assertThat(failures)
          .singleElement()
          .satisfies(failure -> assertThat(failure.cause())
              .isInstanceOf(NullPointerException.class)
              .hasMessage("the key function of lane returned null"));
    }
  }

  @Nested
  class AnExecutorThatRejects {

    @Test
    void isAFailureOfTheListener() {
      lane(8, Overflow.block()).handle(calls::add);
      executor.rejecting = true;

      assertThat(bus.post("a")).isZero();

      assertThat(failures)
          .singleElement()
          .satisfies(failure ->
              assertThat(failure.cause()).isInstanceOf(RejectedExecutionException.class));
      executor.rejecting = false;
      post("b");
      executor.runAll();
      assertThat(calls).containsExactly("b");
    }

    @Test
    void orFailsOtherwiseDoesNotEndTheLane() {
      lane(8, Overflow.block()).handle(calls::add);
      executor.error = new OutOfMemoryError("unable to create native thread");

      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> bus.post("a"));
      executor.error = null;
      post("b");
      executor.runAll();

      assertThat(calls).containsExactly("b");
    }

    @Test
    void isReportedForAllThatCannotBeHandled() {
      lane(8, Overflow.block()).handle(event -> {
        executor.rejecting = true;
        throw new StackOverflowError("injected");
      });
      post("a", "b", "c");

      assertThatExceptionOfType(StackOverflowError.class).isThrownBy(executor::runAll);

      assertThat(failures).extracting(DeliveryFailure::event).containsExactly("b", "c");
    }

    @Test
    void doesNotStrandWhatTheLaneHasAccepted() {
      lane(100, Overflow.block()).handle(calls::add);
      IntStream.range(0, 100).forEach(i -> bus.post("" + i));

      executor.rejecting = true;
      executor.runAll();

      assertThat(calls).hasSize(100);
    }
  }

  @Nested
  class AListenerWithoutALane {

    @Test
    void getsEachEventAsATask() {
      bus.on(String.class).via(executor).handle(calls::add);

      assertThat(bus.post("a")).isEqualTo(1);
      assertThat(calls).isEmpty();
      executor.runAll();

      assertThat(calls).containsExactly("a");
    }

    @Test
    void reportsItsFailuresWhateverThePolicy() {
      var stopping = EventBus.of(String.class)
          .errors(ErrorPolicy.STOP)
          .onError(failures::add)
          .build();
      stopping.on(String.class).via(executor).handle(event -> {
        throw new IOException("disk");
      });

      stopping.post("a");
      executor.runAll();

      assertThat(failures)
          .extracting(failure -> failure.cause().getMessage())
          .containsExactly("disk");
    }
  }

  @Nested
  class Closing {

    @Test
    void waitsForTheLanes() throws Exception {
      var go = new CountDownLatch(1);
      try (var threads = Executors.newSingleThreadExecutor()) {
        bus.on(String.class).via(threads).serial().handle(event -> {
          go.await();
          calls.add(event);
        });
        post("a", "b");
        var closer = Thread.startVirtualThread(
            () -> calls.add("dropped " + bus.close(Duration.ofMinutes(1))));
        Awaitility.await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);

        go.countDown();
        closer.join();
      }

      assertThat(calls).containsExactly("a", "b", "dropped 0");
    }

    @Test
    void saysHowManyEventsItDropped() {
      lane(8, Overflow.block()).handle(calls::add);
      post("a", "b", "c");

      assertThat(bus.close(Duration.ZERO)).isEqualTo(3);
      executor.runAll();
      assertThat(calls).isEmpty();
    }

    @Test
    void mayTakeForever() {
      lane(8, Overflow.block()).handle(calls::add);

      assertThat(bus.close(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
    }

    @Test
    void doesNotWaitForTheLaneItIsCalledIn() {
      lane(8, Overflow.block()).handle(event -> calls.add("" + bus.close(Duration.ofMinutes(1))));
      post("a", "b");

      executor.runAll();

      assertThat(calls).containsExactly("1");
    }
  }

  @Nested
  class ARegistration {

    @Test
    void needsAnExecutorToBeSerial() {
      assertThatIllegalStateException()
          .isThrownBy(() -> bus.on(String.class).serial().named("audit").handle(calls::add))
          .withMessage("serial() needs an executor: say which by via(executor), for audit of "
              + "java.lang.String");
    }

    @Test
    void needsToBeSerialToHaveACapacity() {
      var registration = bus.on(String.class).via(executor).capacity(1, Overflow.fail());

      assertThatIllegalStateException()
          .isThrownBy(() -> registration.named("audit").handle(calls::add))
          .withMessage("capacity applies to a serial listener only: add serial(), for audit of "
              + "java.lang.String");
    }

    @Test
    void needsRoomForAnEvent() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> lane(0, Overflow.fail()))
          .withMessage("events must be at least 1, was 0");
    }
  }
}
