package dev.touchstone.examples.basics;

import dev.touchstone.patterns.state.StateMachine;
import java.io.PrintWriter;

/**
 * The State pattern as a table that is checked when it is built.
 *
 * <p>Every event in every state is handled, ignored or rejected, on purpose: {@code complete} refuses a
 * table with a hole in it. If an action throws, the machine is still in its old state.
 */
final class StatesOfAnOrder {

  private StatesOfAnOrder() {}

  private enum OrderState {
    NEW,
    PAID,
    SENT
  }

  private sealed interface OrderEvent {
    record Pay(long cents) implements OrderEvent {}

    record Send() implements OrderEvent {}
  }

  private static final class Order {
    private final long price = 100;
    private long paid;
  }

  static void run(PrintWriter out) {
    var machine = StateMachine.<OrderState, OrderEvent, Order>starting(OrderState.NEW)
        .on(OrderState.NEW, OrderEvent.Pay.class)
        .when("enough", (pay, order) -> pay.cents() >= order.price)
        .run((pay, order) -> order.paid = pay.cents())
        .go(OrderState.PAID)
        .on(OrderState.NEW, OrderEvent.Send.class)
        .reject()
        .on(OrderState.PAID, OrderEvent.Send.class)
        .go(OrderState.SENT)
        .on(OrderState.PAID, OrderEvent.Pay.class)
        .ignore()
        .on(OrderState.SENT, OrderEvent.class)
        .ignore()
        .complete(OrderEvent.class)
        .build();

    var order = machine.start(new Order());
    try {
      order.fire(new OrderEvent.Send());
    } catch (RuntimeException e) {
      out.println(e.getMessage());
    }
    out.println(order.fire(new OrderEvent.Pay(100)) + ", paid " + order.context().paid);
    out.println(order.fire(new OrderEvent.Send()));
  }
}
