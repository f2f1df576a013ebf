package dev.touchstone.patterns.observe;

import java.util.concurrent.Executor;

/** Hands each event to an executor, on its own. */
record ExecutorDelivery(Executor executor, Handler handler, FailureReport report)
    implements Handler.Delivery {

  @Override
  public boolean accept(Object event) {
    executor.execute(() -> {
      try {
        handler.call(event);
      } catch (Throwable e) {
        report.failed(handler, event, e);
      }
    });
    return true;
  }

  @Override
  public Topology.Delivery describe() {
    return new Topology.Delivery.Executor();
  }
}
