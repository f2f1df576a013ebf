package dev.touchstone.concurrency.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every propagation keeps to. */
abstract class ContextContract {

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  abstract ContextPropagation propagation();

  /** Gives the current thread a value, or none if it is null. */
  abstract void put(String value);

  /** Returns the value of the current thread, null if it has none. */
  abstract String value();

  @AfterEach
  void clear() {
    put(null);
    other.shutdown();
  }

  private <T> T onOther(Callable<T> work) throws Exception {
    return other.submit(work).get();
  }

  @Test
  void theOtherThreadSeesTheValue() throws Exception {
    put("mine");

    assertThat(onOther(propagation().wrap(this::value))).isEqualTo("mine");
  }

  @Test
  void theValueIsThatOfTheCapture() throws Exception {
    put("early");
    var work = propagation().wrap(this::value);
    put("late");

    assertThat(onOther(work)).isEqualTo("early");
  }

  @Test
  void theOtherThreadGetsItsOwnValueBack() throws Exception {
    put("mine");
    var work = propagation().wrap(() -> put("changed by the work"));

    var after = onOther(() -> {
      put("its own");
      work.run();
      return value();
    });

    assertThat(after).isEqualTo("its own");
  }

  @Test
  void theOtherThreadHasNoValueAfterwardsIfItHadNone() throws Exception {
    put("mine");
    var work = propagation().wrap(this::value);

    assertThat(onOther(() -> work.call() + ", " + value())).isEqualTo("mine, null");
  }

  @Test
  void noValueIsCarriedToo() throws Exception {
    var work = propagation().wrap(this::value);

    var seen = onOther(() -> {
      put("its own");
      return work.call() + ", " + value();
    });

    assertThat(seen).isEqualTo("null, its own");
  }

  @Test
  void theValueComesBackAfterAFailure() throws Exception {
    put("mine");
    var work = propagation().wrap((Runnable) () -> {
      throw new IllegalStateException("broken");
    });

    var after = onOther(() -> {
      put("its own");
      try {
        work.run();
      } catch (IllegalStateException expected) {
        return value();
      }
      return "no failure";
    });

    assertThat(after).isEqualTo("its own");
  }

  @Test
  void aSnapshotCanBeOpenedAgain() throws Exception {
    put("mine");
    var snapshot = propagation().capture();

    var seen = onOther(() -> {
      var first = snapshot.open();
      var one = value();
      var second = snapshot.open();
      second.close();
      var still = value();
      first.close();
      return one + ", " + still + ", " + value();
    });

    assertThat(seen).isEqualTo("mine, mine, null");
  }
}
