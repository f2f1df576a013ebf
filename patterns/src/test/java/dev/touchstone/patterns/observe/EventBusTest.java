package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventBusTest {

  sealed interface OrderEvent {}

  sealed interface Money extends OrderEvent {}

  record Placed(int order) implements OrderEvent {}

  record Paid(int order) implements Money {}

  record Refunded(int order) implements Money {}

  private final List<String> calls = new ArrayList<>();
  private final List<DeliveryFailure> failures = new ArrayList<>();
  private final EventBus<OrderEvent> bus = builder().build();

  private EventBus.Builder<OrderEvent> builder() {
    return EventBus.of(OrderEvent.class).onError(failures::add);
  }

  private static Listener<Object> failing(Exception failure) {
    return event -> {
      throw failure;
    };
  }

  @Nested
  class Post {

    @Test
    void reachesTheListenersOfTheTypeAndOfItsSupertypes() {
      bus.on(OrderEvent.class, event -> calls.add("any " + event));
      bus.on(Money.class, event -> calls.add("money " + event));
      bus.on(Paid.class, event -> calls.add("paid " + event.order()));

      assertThat(bus.post(new Placed(1))).isEqualTo(1);
      assertThat(bus.post(new Paid(2))).isEqualTo(3);
      assertThat(calls)
          .containsExactly(
              "any Placed[order=1]", "any Paid[order=2]", "money Paid[order=2]", "paid 2");
    }

    @Test
    void callsByPriorityAndThenByAgeAcrossTypes() {
      bus.on(Paid.class, event -> calls.add("a"));
      bus.on(OrderEvent.class, event -> calls.add("b"));
      bus.on(Money.class).priority(-1).handle(event -> calls.add("last"));
      bus.on(Paid.class, event -> calls.add("c"));
      bus.on(OrderEvent.class).priority(1).handle(event -> calls.add("first"));

      bus.post(new Paid(1));

      assertThat(calls).containsExactly("first", "a", "b", "c", "last");
    }

    @Test
    void tellsWhoWantsToKnowThatNobodyTookTheEvent() {
      var undelivered = new ArrayList<OrderEvent>();
      var telling = builder().onUndelivered(undelivered::add).build();
      telling.on(Paid.class, event -> calls.add("paid"));

      assertThat(telling.post(new Placed(1))).isZero();
      assertThat(telling.post(new Paid(2))).isEqualTo(1);
      assertThat(undelivered).containsExactly(new Placed(1));
    }

    @Test
    void survivesAnUndeliveredHandlerThatThrows() {
      var telling = builder()
          .onUndelivered(event -> {
            throw new AssertionError("bug");
          })
          .build();

      assertThat(telling.post(new Placed(1))).isZero();
    }

    @Test
    void rejectsNull() {
      assertThatNullPointerException().isThrownBy(() -> bus.post(null)).withMessage("event");
      assertThatNullPointerException()
          .isThrownBy(() -> bus.on(Paid.class, null))
          .withMessage("listener");
    }

    @Test
    void doesNotCallAListenerThatWasRemovedByAnEarlierOne() {
      var later = new AtomicReference<Subscription>();
      bus.on(Paid.class, event -> later.get().close());
      later.set(bus.on(Paid.class, event -> calls.add("removed")));

      assertThat(bus.post(new Paid(1))).isEqualTo(1);
      assertThat(calls).isEmpty();
    }

    @Test
    void callsAListenerThatWasAddedFromTheNextEventOn() {
      bus.on(Paid.class).once().handle(event -> bus.on(Paid.class, paid -> calls.add(paid + "")));

      bus.post(new Paid(1));
      bus.post(new Paid(2));

      assertThat(calls).containsExactly("Paid[order=2]");
    }
  }

  @Nested
  class APostInsideADelivery {

    private void cascadeOn(EventBus<OrderEvent> cascading) {
      cascading.on(OrderEvent.class, event -> {
        calls.add("a " + event);
        if (event instanceof Placed(int order)) {
          calls.add("returned " + cascading.post(new Paid(order)));
        }
      });
      cascading.on(OrderEvent.class, event -> calls.add("b " + event));
    }

    @Test
    void isQueuedByDefault() {
      cascadeOn(bus);

      assertThat(bus.post(new Placed(1))).isEqualTo(2);
      assertThat(calls)
          .containsExactly(
              "a Placed[order=1]",
              "returned 0",
              "b Placed[order=1]",
              "a Paid[order=1]",
              "b Paid[order=1]");
    }

    @Test
    void isDeliveredAtOnceWhenNested() {
      var nested = builder().reentrancy(Reentrancy.NESTED).build();
      cascadeOn(nested);

      nested.post(new Placed(1));

      assertThat(calls)
          .containsExactly(
              "a Placed[order=1]",
              "a Paid[order=1]",
              "b Paid[order=1]",
              "returned 2",
              "b Placed[order=1]");
    }

    @Test
    void failsWhenRejected() {
      var rejecting = builder().reentrancy(Reentrancy.REJECT).build();
      cascadeOn(rejecting);

      rejecting.post(new Placed(1));

      assertThat(calls).containsExactly("a Placed[order=1]", "b Placed[order=1]");
      assertThat(failures)
          .singleElement()
          .satisfies(failure -> assertThat(failure.cause())
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("post of " + Paid.class.getName() + " inside the delivery of "
                  + Placed.class.getName()
                  + ", which this bus rejects; post after the delivery, or build "
                  + "the bus with QUEUED"));
    }

    @Test
    void toAnotherBusIsDeliveredAtOnce() {
      var other = builder().build();
      bus.on(Placed.class, event -> calls.add("other took " + other.post(event)));
      other.on(Placed.class, event -> calls.add("other"));

      bus.post(new Placed(1));

      assertThat(calls).containsExactly("other", "other took 1");
    }

    @Test
    void isNotLeftForALaterPostWhenTheDeliveryIsStopped() {
      var stopping = builder().errors(ErrorPolicy.STOP).build();
      stopping.on(Placed.class, event -> stopping.post(new Paid(1)));
      stopping.on(Placed.class, failing(new IOException("disk")));
      stopping.on(Money.class, event -> calls.add(event.toString()));

      assertThatThrownBy(() -> stopping.post(new Placed(1))).hasCauseInstanceOf(IOException.class);
      stopping.post(new Refunded(2));

      assertThat(calls).containsExactly("Refunded[order=2]");
    }

    @Test
    void isNotLeftForALaterPostAfterAnErrorOfTheVirtualMachine() {
      var fatal = new InternalError();
      bus.on(Placed.class, event -> {
        bus.post(new Paid(1));
        throw fatal;
      });
      bus.on(Money.class, event -> calls.add(event.toString()));

      assertThatThrownBy(() -> bus.post(new Placed(1))).isSameAs(fatal);
      bus.post(new Refunded(2));

      assertThat(calls).containsExactly("Refunded[order=2]");
    }

    @Test
    void throwsItsOwnFailuresWhenNestedAndCollected() {
      var nested =
          builder().reentrancy(Reentrancy.NESTED).errors(ErrorPolicy.COLLECT).build();
      nested.on(Placed.class, failing(new IOException("outer")));
      nested.on(Placed.class, event -> {
        try {
          nested.post(new Paid(1));
        } catch (DeliveryException e) {
          calls.add("inner " + e.getCause().getMessage());
        }
      });
      nested.on(Paid.class, failing(new IOException("inner")));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> nested.post(new Placed(1)))
          .satisfies(e -> assertThat(e.failures())
              .extracting(failure -> failure.cause().getMessage())
              .containsExactly("outer"));
      assertThat(calls).containsExactly("inner inner");
    }
  }

  @Nested
  class Failures {

    @Test
    void areIsolatedByDefault() {
      bus.on(Paid.class, failing(new IOException("disk")));
      bus.on(Paid.class, event -> calls.add("called"));

      assertThat(bus.post(new Paid(1))).isEqualTo(2);
      assertThat(calls).containsExactly("called");
      assertThat(failures)
          .singleElement()
          .hasToString("the listener in " + EventBusTest.class.getName() + " failed on "
              + Paid.class.getName() + ": java.io.IOException: disk");
    }

    @Test
    void areCollectedAlsoFromQueuedEvents() {
      var collecting = builder().errors(ErrorPolicy.COLLECT).build();
      collecting.on(Placed.class, event -> {
        collecting.post(new Paid(1));
        throw new IOException("first");
      });
      collecting.on(Paid.class, failing(new IOException("second")));
      collecting.on(OrderEvent.class, event -> calls.add(event.toString()));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> collecting.post(new Placed(1)))
          .satisfies(e -> assertThat(e.failures())
              .extracting(failure -> failure.cause().getMessage())
              .containsExactly("first", "second"));
      assertThat(calls).containsExactly("Placed[order=1]", "Paid[order=1]");
    }

    @Test
    void stopTheDeliveryIfAskedTo() {
      var stopping = builder().errors(ErrorPolicy.STOP).build();
      stopping.on(Paid.class, failing(new IOException("disk")));
      stopping.on(Paid.class, event -> calls.add("called"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> stopping.post(new Paid(1)))
          .withMessage("the listener in " + EventBusTest.class.getName() + " failed on "
              + Paid.class.getName() + ": java.io.IOException: disk");
      assertThat(calls).isEmpty();
    }

    @Test
    void ofTheErrorHandlerDoNotBreakTheDelivery() {
      var breaking = builder()
          .onError(failure -> {
            throw new AssertionError("handler");
          })
          .build();
      breaking.on(Paid.class, failing(new IOException("disk")));
      breaking.on(Paid.class, event -> calls.add("called"));

      breaking.post(new Paid(1));

      assertThat(calls).containsExactly("called");
    }

    @Test
    void restoreTheInterruptFlag() {
      bus.on(Paid.class, failing(new InterruptedException()));

      bus.post(new Paid(1));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failures).hasSize(1);
    }
  }

  @Nested
  class Options {

    @Test
    void filterSelectsEvents() {
      bus.on(Paid.class)
          .filter(event -> event.order() > 1)
          .filter(event -> event.order() < 4)
          .handle(event -> calls.add(event.order() + ""));

      IntStream.range(0, 6).forEach(order -> bus.post(new Paid(order)));

      assertThat(calls).containsExactly("2", "3");
    }

    @Test
    void aFilterThatThrowsIsAFailureOfTheListener() {
      bus.on(Paid.class)
          .named("audit")
          .filter(event -> {
            throw new IllegalArgumentException("filter");
          })
          .handle(event -> calls.add("called"));

      bus.post(new Paid(1));

      assertThat(failures)
          .singleElement()
          .hasToString("audit failed on " + Paid.class.getName()
              + ": java.lang.IllegalArgumentException: filter");
      assertThat(calls).isEmpty();
    }

    @Test
    void onceTakesTheFirstEventThatPassesTheFilter() {
      var subscription = bus.on(Paid.class)
          .once()
          .filter(event -> event.order() > 1)
          .handle(event -> calls.add(event.order() + ""));

      IntStream.range(0, 6).forEach(order -> bus.post(new Paid(order)));

      assertThat(calls).containsExactly("2");
      assertThat(subscription.isActive()).isFalse();
      assertThat(bus.describe().listeners()).isEmpty();
    }

    @Test
    void onceIsOverAlsoWhenTheListenerFails() {
      bus.on(Paid.class).once().handle(failing(new IOException("disk")));

      bus.post(new Paid(1));
      bus.post(new Paid(2));

      assertThat(failures).hasSize(1);
    }

    @Test
    void onceTakesNoEventOfAnotherThreadWhileItIsCalled() throws Exception {
      var inside = new CountDownLatch(1);
      var go = new CountDownLatch(1);
      bus.on(Paid.class).once().handle(event -> {
        calls.add(event.order() + "");
        inside.countDown();
        go.await();
      });
      var first = Thread.startVirtualThread(() -> bus.post(new Paid(1)));
      inside.await();

      int taken = bus.post(new Paid(2));
      go.countDown();
      first.join();

      assertThat(taken).isZero();
      assertThat(calls).containsExactly("1");
    }
  }

  @Nested
  class ATrackedSubscription {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    @Test
    void waitsForTheCallsOfOtherThreads() throws Exception {
      var subscription = bus.on(Paid.class).tracked().handle(event -> {
        inside.countDown();
        go.await();
        steps.add("call ended");
      });
      var poster = Thread.startVirtualThread(() -> bus.post(new Paid(1)));
      inside.await();
      var closer = Thread.startVirtualThread(() -> {
        try {
          steps.add("closed " + subscription.closeAndAwait(Duration.ofMinutes(1)));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      });
      Awaitility.await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);

      go.countDown();
      closer.join();
      poster.join();

      assertThat(steps).containsExactly("call ended", "closed true");
    }

    @Test
    void saysThatTheCallsDidNotEndInTime() throws Exception {
      var subscription = bus.on(Paid.class).tracked().handle(event -> {
        inside.countDown();
        go.await();
      });
      var poster = Thread.startVirtualThread(() -> bus.post(new Paid(1)));
      inside.await();

      assertThat(subscription.closeAndAwait(Duration.ZERO)).isFalse();
      go.countDown();
      poster.join();
      assertThat(subscription.closeAndAwait(Duration.ZERO)).isTrue();
    }

    @Test
    void doesNotWaitForTheCallItIsClosedIn() {
      var self = new AtomicReference<Subscription>();
      self.set(bus.on(Paid.class)
          .tracked()
          .handle(event -> calls.add("" + self.get().closeAndAwait(Duration.ofMinutes(1)))));

      bus.post(new Paid(1));

      assertThat(calls).containsExactly("true");
    }
  }

  @Nested
  class Next {

    @Test
    void isCompletedByTheNextEvent() {
      var next = bus.next(Paid.class);

      bus.post(new Placed(1));
      assertThat(next).isNotDone();
      bus.post(new Paid(2));
      bus.post(new Paid(3));

      assertThat(next).isCompletedWithValue(new Paid(2));
      assertThat(bus.describe().listeners()).isEmpty();
    }

    @Test
    void stopsListeningWhenCancelled() {
      bus.next(Paid.class).cancel(false);

      assertThat(bus.describe().listeners()).isEmpty();
    }

    @Test
    void isCancelledWhenTheBusCloses() {
      var next = bus.next(Paid.class);

      bus.close();

      assertThatThrownBy(next::join).isInstanceOf(CancellationException.class);
    }
  }

  @Nested
  class RequireHandlers {

    @Test
    void isContentWhenEveryLeafHasAListener() {
      bus.on(Placed.class, event -> {});
      bus.on(Money.class, event -> {});

      bus.requireHandlers();
    }

    @Test
    void namesTheLeavesWithout() {
      bus.on(Paid.class, event -> {});

      assertThatIllegalStateException()
          .isThrownBy(bus::requireHandlers)
          .withMessage("no listener for " + Placed.class.getName() + ", " + Refunded.class.getName()
              + "; register one, or one for a common supertype");
    }

    @Test
    void needsASealedRoot() {
      assertThatIllegalStateException()
          .isThrownBy(EventBus.of(Object.class).build()::requireHandlers)
          .withMessage("requireHandlers needs a sealed root to know the kinds of events; "
              + "java.lang.Object is not sealed");
    }
  }

  @Nested
  class Close {

    @Test
    void endsEverything() {
      var subscription = bus.on(Paid.class, event -> calls.add("called"));

      bus.close();
      bus.close();

      assertThat(subscription.isActive()).isFalse();
      var message = "EventBus of " + OrderEvent.class.getName() + " is closed";
      assertThatIllegalStateException()
          .isThrownBy(() -> bus.post(new Paid(1)))
          .withMessage(message);
      assertThatIllegalStateException()
          .isThrownBy(() -> bus.on(Paid.class, event -> {}))
          .withMessage(message);
      assertThatIllegalStateException().isThrownBy(() -> bus.next(Paid.class)).withMessage(message);
      assertThat(bus.close(Duration.ofDays(1))).isZero();
    }

    @Test
    void insideADeliveryEndsItAndDropsWhatIsQueued() {
      bus.on(Placed.class, event -> {
        bus.post(new Paid(1));
        bus.close();
      });
      bus.on(OrderEvent.class, event -> calls.add(event.toString()));

      bus.post(new Placed(1));

      assertThat(calls).isEmpty();
    }
  }

  @Test
  void describesItself() {
    bus.on(Paid.class).named("ledger").priority(3).handle(event -> {});
    bus.on(OrderEvent.class).named("audit").via(Runnable::run).handle(event -> {});
    bus.on(Placed.class)
        .named("mail")
        .via(Runnable::run)
        .serial()
        .capacity(8, Overflow.fail())
        .handle(event -> {});

    assertThat(bus.describe()).hasToString("""
        EventBus of %1$s$OrderEvent
          %1$s$Paid -> ledger, priority 3
          %1$s$OrderEvent -> audit, by an executor
          %1$s$Placed -> mail, in a lane with 0 of 8 waiting, 0 dropped""".formatted(EventBusTest.class.getName()));
  }
}
