package dev.touchstone.concurrency.context;

import io.micrometer.context.ContextSnapshotFactory;

/** What is registered with Micrometer. The only class that needs its library. */
final class MicrometerContext implements ContextPropagation {

  private final ContextSnapshotFactory factory =
      ContextSnapshotFactory.builder().clearMissing(true).build();

  @Override
  public Snapshot capture() {
    var captured = factory.captureAll();
    return () -> captured.setThreadLocals()::close;
  }
}
