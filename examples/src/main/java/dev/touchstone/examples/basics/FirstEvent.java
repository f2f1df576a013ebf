package dev.touchstone.examples.basics;

import dev.touchstone.patterns.observe.EventBus;
import java.io.PrintWriter;

/**
 * An event bus for one sealed family of events.
 *
 * <p>A listener asks for a type and gets that type and its subtypes, in the order of registration. One
 * that throws does not keep the event from the others; its failure goes to the error handler.
 */
final class FirstEvent {

  private FirstEvent() {}

  /** What can happen to an order. */
  sealed interface OrderEvent {
    record Placed(String item, int pieces) implements OrderEvent {}

    record Shipped(String item) implements OrderEvent {}
  }

  static void run(PrintWriter out) {
    try (var bus = EventBus.of(OrderEvent.class)
        .onError(failure -> out.println("failed: " + failure.cause().getMessage()))
        .build()) {
      bus.on(OrderEvent.class, event -> out.println("log: " + event));
      bus.on(OrderEvent.Placed.class, placed -> {
        throw new IllegalStateException("the printer is out of paper");
      });
      var stock = bus.on(
          OrderEvent.Placed.class,
          placed -> out.println("stock: " + placed.pieces() + " x " + placed.item() + " less"));

      bus.post(new OrderEvent.Placed("lamp", 2));
      stock.close(); // from here on, no further call
      bus.post(new OrderEvent.Placed("table", 1));
      bus.post(new OrderEvent.Shipped("lamp"));
    }
  }
}
