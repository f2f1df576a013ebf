package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.channel.WaitLineModel.Omission;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitLineModelTest {

  @ParameterizedTest(
      name =
          "{0} senders, {1} receivers, {2} closers, capacity {3}, {4} operations, {5} interrupts")
  @CsvSource({
    "1, 1, 0, 1, 3, 1", "2, 1, 0, 1, 2, 1", "1, 2, 0, 1, 2, 1", "2, 2, 0, 1, 1, 2",
    "2, 2, 0, 2, 1, 1", "1, 3, 0, 1, 1, 2", "3, 1, 0, 1, 1, 2", "1, 2, 1, 1, 1, 1",
    "2, 1, 1, 1, 1, 1", "1, 1, 2, 2, 2, 1"
  })
  void noInterleavingLosesAWakeUp(
      int senders, int receivers, int closers, int capacity, int operations, int interrupts) {
    var model = new WaitLineModel(
        senders, receivers, closers, capacity, operations, interrupts, Omission.NOTHING);

    assertThat(model.losesAWakeUp()).isFalse();
    assertThat(model.states()).isGreaterThan(500);
  }

  @Tag("stress")
  @Timeout(1_200)
  @ParameterizedTest
  @CsvSource({
    "3, 3, 0, 1, 1, 0",
    "3, 3, 0, 2, 1, 0",
    "3, 2, 0, 1, 1, 1",
    "2, 3, 0, 1, 1, 1",
    "2, 2, 1, 1, 1, 1",
    "2, 1, 0, 1, 2, 2"
  })
  void noInterleavingOfMoreThreadsLosesAWakeUp(
      int senders, int receivers, int closers, int capacity, int operations, int interrupts) {
    noInterleavingLosesAWakeUp(senders, receivers, closers, capacity, operations, interrupts);
  }

  @ParameterizedTest
  @CsvSource({
    "TRY_AGAIN_AFTER_JOINING, 1, 1, 0, 1, 1",
    "PUT_DOWN_BATON_BEFORE_LOOKING, 2, 2, 0, 2, 0",
    "PUT_DOWN_BATON_WHEN_INTERRUPTED, 1, 2, 0, 1, 1",
    "PASS_ON_WHEN_LEAVING, 2, 2, 0, 2, 0",
    "LOOK_AGAIN_AFTER_EMPTY_LINE, 2, 2, 0, 2, 1",
    "WAKE_ALL_ON_CLOSE, 0, 1, 1, 1, 0"
  })
  void everyStepOfTheProtocolIsNeeded(
      Omission omission, int senders, int receivers, int closers, int capacity, int interrupts) {
    var model = new WaitLineModel(senders, receivers, closers, capacity, 1, interrupts, omission);

    assertThat(model.losesAWakeUp()).isTrue();
  }
}
