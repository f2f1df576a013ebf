package dev.touchstone.examples.taskqueue.store;

import java.time.Duration;

class MemoryStoreTest extends JobStoreContract {

  private final SettableClock clock = new SettableClock();

  @Override
  protected JobStore open() {
    return MemoryStore.open(clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }
}
