package dev.touchstone.examples.patterns.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.state.Instance;
import dev.touchstone.patterns.state.StateMachine;
import dev.touchstone.patterns.state.TransitionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateTest {

  private final List<String> log = new ArrayList<>();

  enum Order {
    NEW,
    PAID,
    SENT
  }

  enum Event {
    PAY,
    SEND
  }

  private static StateMachine.Builder<Order, Event, List<String>> orders() {
    return StateMachine.<Order, Event, List<String>>starting(Order.NEW)
        .on(Order.NEW, Event.PAY)
        .go(Order.PAID)
        .on(Order.PAID, Event.SEND)
        .go(Order.SENT);
  }

  @Nested
  class TheForms {

    @Test
    void aSealedTypeIsTheTableOfStates() {
      Door door = new Door.Open();

      door = door.on(new Door.Event.Push());
      door = door.on(new Door.Event.Turn("1234"));
      assertThat(door.on(new Door.Event.Pull())).isEqualTo(new Door.Locked("1234"));
      assertThat(door.on(new Door.Event.Turn("0000"))).isEqualTo(new Door.Locked("1234"));
      assertThat(door.on(new Door.Event.Turn("1234"))).isEqualTo(new Door.Closed());
    }

    @Test
    void theClassicFormDelegatesToAnObject() {
      var player = new ClassicPlayer();
      player.press();
      assertThat(player.isPlaying()).isTrue();
      player.press();

      assertThat(player.isPlaying()).isFalse();
      assertThat(player.started()).isEqualTo(1);
    }
  }

  @Nested
  class AnEntryActionThatThrows {

    private static final class NaiveOrder {

      private Order state = Order.NEW;

      void pay() {
        state = Order.PAID;
        reserve();
      }

      private void reserve() {
        throw new IllegalStateException("nothing in stock");
      }
    }

    @Test
    void naivelyComesAfterTheStateHasChanged() {
      var order = new NaiveOrder();

      assertThatThrownBy(order::pay).hasMessage("nothing in stock");
      assertThat(order.state).isEqualTo(Order.PAID);
    }

    @Test
    void leavesTheStateAsItWas() {
      var order = orders()
          .onEnter(Order.PAID, context -> {
            throw new IllegalStateException("nothing in stock");
          })
          .build()
          .start(log);

      assertThatExceptionOfType(TransitionException.class).isThrownBy(() -> order.fire(Event.PAY));
      assertThat(order.state()).isEqualTo(Order.NEW);
    }
  }

  @Nested
  class AnEventFiredByAnAction {

    /** Runs its exit action, sets the state, and runs its entry action. */
    private final class NaiveOrder {

      private Order state = Order.NEW;

      void fire(Event event) {
        if (event == Event.PAY) {
          log.add("leave NEW");
          if (state == Order.NEW) {
            fire(Event.SEND); // it is paid, so it can be sent
          }
          state = Order.PAID;
        } else {
          log.add("send in " + state);
          state = Order.SENT;
        }
      }
    }

    @Test
    void naivelyHappensInTheMiddleOfTheTransition() {
      var order = new NaiveOrder();

      order.fire(Event.PAY);

      assertThat(log).containsExactly("leave NEW", "send in NEW");
      assertThat(order.state).isEqualTo(Order.PAID); // though it was sent
    }

    @Test
    void isTakenAfterIt() {
      var self = new ArrayList<Instance<Order, Event, List<String>>>();
      var order = orders()
          .onExit(Order.NEW, context -> self.getFirst().fire(Event.SEND))
          .onExit(Order.PAID, context -> context.add("sent after it was paid"))
          .build()
          .start(log);
      self.add(order);

      assertThat(order.fire(Event.PAY)).isEqualTo(Order.SENT);
      assertThat(log).containsExactly("sent after it was paid");
    }
  }

  @Nested
  class APairThatNobodyThoughtOf {

    private static Order naiveNext(Order state, Event event) {
      return switch (state) {
        case NEW -> event == Event.PAY ? Order.PAID : state;
        case PAID -> event == Event.SEND ? Order.SENT : state;
        default -> state;
      };
    }

    @Test
    void naivelyIsIgnoredInSilence() {
      assertThat(naiveNext(Order.NEW, Event.SEND)).isEqualTo(Order.NEW);
    }

    @Test
    void isNamedWhenTheMachineIsBuilt() {
      var builder = orders().complete(Event.class);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage(
              "not said what happens in NEW on SEND, PAID on PAY, SENT on PAY, SENT on SEND; "
                  + "add go, stay, ignore or reject");
    }
  }
}
