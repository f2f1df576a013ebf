package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ObservedTest {

  private final List<Object> seen = new ArrayList<>();
  private final List<DeliveryFailure> failures = new ArrayList<>();
  private final Observed<Integer> number = Observed.of(0, failures::add);

  @Test
  void tellsItsChanges() {
    number.subscribe(seen::add);

    assertThat(number.set(1)).isTrue();
    assertThat(number.set(2)).isTrue();

    assertThat(number.get()).isEqualTo(2);
    assertThat(seen).containsExactly(1, 2);
    assertThat(number).hasToString("Observed[2]");
  }

  @Test
  void saysNothingWhenTheValueIsEqual() {
    number.subscribe(seen::add);

    assertThat(number.set(0)).isFalse();
    number.update(n -> n);

    assertThat(seen).isEmpty();
  }

  @Test
  void replaysThePresentValueToAnObserver() {
    number.set(7);
    var subscription = number.observe(seen::add);
    number.set(8);
    subscription.close();
    number.set(9);

    assertThat(seen).containsExactly(7, 8);
  }

  @Test
  void updatesByAFunctionOfThePresentValue() {
    number.subscribe(seen::add);

    assertThat(number.update(n -> n + 5)).isEqualTo(5);

    assertThat(seen).containsExactly(5);
    assertThatNullPointerException()
        .isThrownBy(() -> number.update(n -> null))
        .withMessage("the function returned null");
  }

  @Test
  void deliversAValueSetByAListenerAfterThePresentOne() {
    number.subscribe(n -> {
      seen.add("a" + n);
      if (n == 1) {
        number.set(2);
      }
    });
    number.subscribe(n -> seen.add("b" + n));

    number.set(1);

    assertThat(seen).containsExactly("a1", "b1", "a2", "b2");
  }

  @Test
  void doesNotTellAListenerThatWasRemovedMeanwhile() {
    var later = new AtomicReference<Subscription>();
    number.subscribe(n -> later.get().close());
    later.set(number.subscribe(seen::add));

    number.set(1);

    assertThat(seen).isEmpty();
  }

  @Test
  void tellsTheOthersWhenAListenerFails() {
    number.subscribe(n -> {
      throw new IOException("disk");
    });
    number.subscribe(seen::add);

    number.set(1);

    assertThat(seen).containsExactly(1);
    assertThat(failures)
        .extracting(failure -> failure.cause().getMessage())
        .containsExactly("disk");
  }

  @Test
  void goesOnAfterAnErrorOfTheVirtualMachine() {
    var fatal = new InternalError();
    number.subscribe(n -> {
      if (n == 1) {
        throw fatal;
      }
      seen.add(n);
    });

    assertThatThrownBy(() -> number.set(1)).isSameAs(fatal);
    number.set(2);

    assertThat(seen).containsExactly(2);
  }

  @Test
  void comparesValuesWithoutItsLock() {
    record Curious(Runnable whenCompared) {
      @Override
      public boolean equals(Object other) {
        whenCompared.run();
        return false;
      }

      @Override
      public int hashCode() {
        return 0;
      }
    }
    var observed = Observed.<Object>of("first");
    Runnable subscribeElsewhere =
        () -> CompletableFuture.runAsync(() -> observed.subscribe(seen::add)).join();

    observed.set(new Curious(subscribeElsewhere));
    observed.update(before -> new Curious(subscribeElsewhere));

    assertThat(seen).hasSize(3); // the first change had one listener, the second two
  }

  @Test
  void losesNoUpdateOfManyThreads() {
    try (var executor = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4_000; i++) {
        executor.execute(() -> number.update(n -> n + 1));
      }
    }

    assertThat(number.get()).isEqualTo(4_000);
  }

  @Test
  void losesNoValueBetweenTheReplayAndTheChangesAndKeepsTheirOrder() throws Exception {
    for (int round = 0; round < 300; round++) {
      var counter = Observed.of(0);
      var values = Collections.synchronizedList(new ArrayList<Integer>());
      var start = new CyclicBarrier(2);
      try (var executor = Executors.newFixedThreadPool(2)) {
        executor.submit(() -> {
          start.await();
          for (int i = 1; i <= 20; i++) {
            counter.set(i);
          }
          return true;
        });
        executor.submit(() -> {
          start.await();
          return counter.observe(values::add);
        });
      }

      var expected = new AtomicInteger(values.getFirst());
      assertThat(values)
          .allSatisfy(value -> assertThat(value).isEqualTo(expected.getAndIncrement()));
      assertThat(values.getLast()).isEqualTo(20);
    }
  }
}
