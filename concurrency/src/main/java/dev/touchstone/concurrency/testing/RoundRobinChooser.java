package dev.touchstone.concurrency.testing;

import java.util.Comparator;
import java.util.List;

/** Lets threads take turns in the order of their start. */
final class RoundRobinChooser implements Chooser {

  private int last = -1;

  @Override
  public SimulatedThread choose(List<SimulatedThread> runnable) {
    var chosen = runnable.stream()
        .filter(thread -> thread.number() > last)
        .min(Comparator.comparingInt(SimulatedThread::number))
        .orElseGet(() -> runnable.stream()
            .min(Comparator.comparingInt(SimulatedThread::number))
            .orElseThrow());
    last = chosen.number();
    return chosen;
  }
}
