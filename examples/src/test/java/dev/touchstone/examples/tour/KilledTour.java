package dev.touchstone.examples.tour;

import dev.touchstone.patterns.observe.EventBus;
import java.nio.file.Path;

/** Takes a tour, in a process that can be killed. */
final class KilledTour {

  private KilledTour() {}

  public static void main(String[] arguments) throws Exception {
    try (var bus = EventBus.of(TourEvent.class).build()) {
      bus.on(
          TourEvent.Opened.class, opened -> System.out.println("resumed: " + opened.isResumed()));
      new Tour(bus).take(Path.of(arguments[0]));
    }
  }
}
