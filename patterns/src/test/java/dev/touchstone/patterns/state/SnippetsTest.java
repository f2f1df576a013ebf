package dev.touchstone.patterns.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  // @start region="states"
  enum OrderState {
    NEW,
    PAID,
    SENT
  }

  sealed interface OrderEvent {
    record Pay(long cents) implements OrderEvent {}

    record Send() implements OrderEvent {}
  }

  // @end

  static final class Order {

    final long price = 100;
    long paid;
  }

  @Test
  void stateMachine() {
    // @start region="state-machine"
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
        .complete(OrderEvent.class) // build() throws if a pair of state and event is not mentioned
        .build();

    var order = machine.start(new Order());
    order.fire(new OrderEvent.Pay(100)); // returns PAID
    // @end

    assertThat(order.state()).isEqualTo(OrderState.PAID);
    assertThat(order.context().paid).isEqualTo(100);
  }
}
