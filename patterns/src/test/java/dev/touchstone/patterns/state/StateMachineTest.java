package dev.touchstone.patterns.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateMachineTest {

  enum State {
    NEW,
    PAID,
    SENT,
    OPEN
  }

  sealed interface Event {}

  record Pay(long cents) implements Event {}

  record Send() implements Event {}

  record Cancel() implements Event {}

  private final List<String> log = new ArrayList<>();

  private StateMachine.Builder<State, Event, List<String>> builder() {
    return StateMachine.<State, Event, List<String>>starting(State.NEW)
        .within(State.OPEN, State.NEW, State.PAID)
        .on(State.NEW, Pay.class)
        .when("enough", (pay, context) -> pay.cents() >= 100)
        .run((pay, context) -> context.add("pay " + pay.cents()))
        .go(State.PAID)
        .on(State.PAID, Send.class)
        .go(State.SENT)
        .on(State.OPEN, Cancel.class)
        .stay();
  }

  private StateMachine.Builder<State, Event, List<String>> logging() {
    var builder = builder();
    for (var state : State.values()) {
      builder.onEnter(state, context -> context.add("enter " + state));
      builder.onExit(state, context -> context.add("exit " + state));
    }
    return builder;
  }

  @Nested
  class Fire {

    @Test
    void goesToTheStateThatTheEventLeadsTo() {
      var order = builder().build().start(log);

      assertThat(order.state()).isEqualTo(State.NEW);
      assertThat(order.fire(new Pay(100))).isEqualTo(State.PAID);
      assertThat(order.fire(new Send())).isEqualTo(State.SENT);
      assertThat(order).hasToString("Instance[SENT]");
      assertThat(order.context()).isSameAs(log);
    }

    @Test
    void runsExitThenActionThenEnterThroughTheStatesAround() {
      var order = logging().build().start(log);
      assertThat(log).containsExactly("enter OPEN", "enter NEW");
      log.clear();

      order.fire(new Pay(100));
      assertThat(log).containsExactly("exit NEW", "pay 100", "enter PAID");
      log.clear();
      order.fire(new Send());
      assertThat(log).containsExactly("exit PAID", "exit OPEN", "enter SENT");
    }

    @Test
    void givesWhatTheStateDoesNotTakeToTheStateAround() {
      var order = builder().build().start(log);

      assertThat(order.fire(new Cancel())).isEqualTo(State.NEW);
    }

    @Test
    void takesTheFirstTransitionWhoseGuardHolds() {
      var order = StateMachine.<State, Event, List<String>>starting(State.NEW)
          .on(State.NEW, Pay.class)
          .when("much", (pay, context) -> pay.cents() > 1000)
          .go(State.SENT)
          .on(State.NEW, Pay.class)
          .when("enough", (pay, context) -> pay.cents() > 100)
          .go(State.PAID)
          .on(State.NEW, Pay.class)
          .ignore()
          .on(State.PAID, Cancel.class)
          .go(State.OPEN)
          .build();

      assertThat(order.next(State.NEW, new Pay(2000), log)).isEqualTo(State.SENT);
      assertThat(order.next(State.NEW, new Pay(200), log)).isEqualTo(State.PAID);
      assertThat(order.next(State.NEW, new Pay(20), log)).isEqualTo(State.NEW);
    }

    @Test
    void rejectsAnEventThatTheStateDoesNotTake() {
      var order = builder().build().start(log);

      assertThatExceptionOfType(EventRejectedException.class)
          .isThrownBy(() -> order.fire(new Send()))
          .withMessage("NEW does not take Send, or a guard said no; it takes [Pay, Cancel]");
      assertThatExceptionOfType(EventRejectedException.class)
          .isThrownBy(() -> order.fire(new Pay(99)));
      assertThat(order.state()).isEqualTo(State.NEW);
      assertThat(order.fire(new Pay(100))).isEqualTo(State.PAID);
    }

    @Test
    void rejectsWhatAStateRejectsThoughTheOneAroundTakesIt() {
      var order = builder().on(State.NEW, Cancel.class).reject().build().start(log);

      assertThatExceptionOfType(EventRejectedException.class)
          .isThrownBy(() -> order.fire(new Cancel()));
    }

    @Test
    void keepsEventsOfActionsUntilTheStepHasEnded() {
      var self = new ArrayList<Instance<State, Event, List<String>>>();
      var order = logging()
          .onEnter(State.PAID, context -> {
            context.add("fires in " + self.getFirst().fire(new Send()));
          })
          .onEnter(State.PAID, context -> context.add("goes on"))
          .build()
          .start(log);
      self.add(order);
      log.clear();

      assertThat(order.fire(new Pay(100))).isEqualTo(State.SENT);
      assertThat(log)
          .containsExactly(
              "exit NEW",
              "pay 100",
              "enter PAID",
              "fires in NEW",
              "goes on",
              "exit PAID",
              "exit OPEN",
              "enter SENT");
    }

    @Test
    void leavesAndEntersAStateThatGoesToItself() {
      var order = StateMachine.<State, Event, List<String>>starting(State.NEW)
          .within(State.OPEN, State.NEW)
          .on(State.NEW, Cancel.class)
          .go(State.NEW)
          .on(State.NEW, Pay.class)
          .go(State.PAID)
          .on(State.PAID, Send.class)
          .go(State.SENT)
          .onExit(State.NEW, context -> context.add("exit"))
          .onExit(State.OPEN, context -> context.add("exit around"))
          .onEnter(State.NEW, context -> context.add("enter"))
          .build()
          .start(log);
      log.clear();

      order.fire(new Cancel());

      assertThat(log).containsExactly("exit", "enter");
    }

    @Test
    void takesEventsOfAnOpenHierarchy() {
      interface Signal {}
      record Special() implements Signal {}
      var machine = StateMachine.<String, Signal, List<String>>starting("a")
          .on("a", Signal.class)
          .go("b")
          .build();

      assertThat(machine.next("a", new Special(), log)).isEqualTo("b");
    }
  }

  @Nested
  class AFailure {

    private final IOException disk = new IOException("disk");

    @Test
    void ofAnyPhaseLeavesTheStateAndSaysWhich() {
      for (var failing : Phase.values()) {
        var order = StateMachine.<State, Event, List<String>>starting(State.NEW)
            .on(State.NEW, Pay.class)
            .when("works", (pay, context) -> {
              if (failing == Phase.GUARD) {
                throw new IllegalStateException("guard");
              }
              return true;
            })
            .run((pay, context) -> failIn(failing, Phase.ACTION))
            .go(State.PAID)
            .on(State.NEW, Cancel.class)
            .go(State.PAID)
            .on(State.PAID, Send.class)
            .go(State.SENT)
            .on(State.SENT, Send.class)
            .go(State.OPEN)
            .onExit(State.NEW, context -> failIn(failing, Phase.EXIT))
            .onEnter(State.PAID, context -> failIn(failing, Phase.ENTER))
            .build()
            .start(log);

        assertThatExceptionOfType(TransitionException.class)
            .isThrownBy(() -> order.fire(new Pay(1)))
            .withMessageStartingWith("the " + failing.name().toLowerCase()
                + " phase of Pay failed in NEW, which is still the state: java")
            .satisfies(e -> assertThat(e.phase()).isEqualTo(failing));
        assertThat(order.state()).isEqualTo(State.NEW);
      }
    }

    private void failIn(Phase failing, Phase phase) throws IOException {
      if (failing == phase) {
        throw disk;
      }
    }

    @Test
    void dropsTheEventsThatTheStepHasFired() {
      var self = new ArrayList<Instance<State, Event, List<String>>>();
      var failing = new boolean[] {true};
      var order = builder()
          .onExit(State.NEW, context -> self.getFirst().fire(new Send()))
          .onEnter(State.PAID, context -> {
            if (failing[0]) {
              throw disk;
            }
          })
          .build()
          .start(log);
      self.add(order);
      assertThatThrownBy(() -> order.fire(new Pay(100))).hasCause(disk);
      failing[0] = false;

      assertThat(order.fire(new Cancel())).isEqualTo(State.NEW);
      assertThat(order.fire(new Pay(100))).isEqualTo(State.SENT);
    }

    @Test
    void ofTheStartIsReported() {
      var machine = builder()
          .onEnter(State.NEW, context -> {
            throw disk;
          })
          .build();

      assertThatExceptionOfType(TransitionException.class)
          .isThrownBy(() -> machine.start(log))
          .withMessage("the enter phase of the start failed in NEW, which is still the state: "
              + "java.io.IOException: disk");
    }

    @Test
    void ofTheVirtualMachineEscapes() {
      var fatal = new InternalError();
      var order = builder()
          .onExit(State.NEW, context -> {
            throw fatal;
          })
          .build()
          .start(log);

      assertThatThrownBy(() -> order.fire(new Pay(100))).isSameAs(fatal);
      assertThat(order.state()).isEqualTo(State.NEW);
    }

    @Test
    void restoresTheInterruptFlag() {
      var order = builder()
          .onExit(State.NEW, context -> {
            throw new InterruptedException();
          })
          .build()
          .start(log);

      assertThatThrownBy(() -> order.fire(new Pay(100)))
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Nested
  class Resume {

    @Test
    void continuesInAStoredStateWithoutEnteringIt() {
      var order = logging().build().resume(State.PAID, log);

      assertThat(log).isEmpty();
      assertThat(order.fire(new Send())).isEqualTo(State.SENT);
    }

    @Test
    void needsAStateOfTheMachine() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().build().resume(State.OPEN, log))
          .withMessage("the machine has no state OPEN; it has [NEW, PAID, SENT]");
    }
  }

  @Nested
  class Build {

    @Test
    void rejectsStatesThatCannotBeReached() {
      var builder = StateMachine.<State, Event, List<String>>starting(State.NEW)
          .on(State.SENT, Cancel.class)
          .go(State.NEW);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("no transition leads to [SENT, PAID, OPEN]");
    }

    @Test
    void rejectsATransitionThatIsNeverTaken() {
      var builder = builder().on(State.PAID, Event.class).go(State.NEW);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage(
              "in PAID on Send, a transition without a guard comes before another, which is "
                  + "never taken; guard it or move it to the end");
    }

    @Test
    void rejectsGoingToAStateThatSurroundsOthers() {
      var builder = builder().on(State.SENT, Cancel.class).go(State.OPEN);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage(
              "nothing can start in or go to [OPEN], which surrounds other states; name one "
                  + "of those");
    }

    @Test
    void rejectsStatesThatSurroundEachOther() {
      var builder = StateMachine.<String, Event, List<String>>starting("a")
          .within("b", "c")
          .within("c", "b");

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("states surround each other: [c, b]");
    }

    @Test
    void rejectsAStateInTwoOthers() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().within(State.SENT, State.NEW))
          .withMessage("NEW is within OPEN already");
    }

    @Test
    void namesWhatIsNotSaidIfItIsToBeComplete() {
      var builder = builder().on(State.NEW, Send.class).ignore().complete(Event.class);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("not said what happens in PAID on Pay, SENT on Pay, SENT on Send, SENT on "
              + "Cancel; add go, stay, ignore or reject");
    }

    @Test
    void isContentWhenEverythingIsSaid() {
      builder()
          .on(State.NEW, Send.class)
          .reject()
          .on(State.PAID, Pay.class)
          .reject()
          .on(State.SENT, Event.class)
          .ignore()
          .complete(Event.class)
          .build();
    }

    @Test
    void rejectsCompletenessOfAnOpenType() {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              StateMachine.<State, Object, List<String>>starting(State.NEW).complete(Object.class))
          .withMessage(
              "java.lang.Object is neither sealed nor an enum, so that its events are not known");
    }

    @Test
    void rejectsAnActionForWhatIsIgnored() {
      var transition =
          builder().on(State.SENT, Pay.class).run((pay, context) -> context.add("never"));

      assertThatIllegalStateException()
          .isThrownBy(transition::ignore)
          .withMessage("an event that is ignored has no action; in SENT on Pay");
    }
  }

  @Nested
  class EventsOfASealedClass {

    static sealed class Change permits Removal {}

    static final class Removal extends Change {}

    @Test
    void includeThoseOfTheClassItself() {
      var builder = StateMachine.<String, Change, List<String>>starting("open")
          .on("open", Removal.class)
          .ignore()
          .complete(Change.class);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("not said what happens in open on Change; add go, stay, ignore or reject");
    }
  }

  @Nested
  class EnumEvents {

    enum Button {
      PLAY,
      STOP
    }

    private final StateMachine<String, Button, List<String>> player =
        StateMachine.<String, Button, List<String>>starting("silent")
            .on("silent", Button.PLAY)
            .go("playing")
            .on("silent", Button.STOP)
            .ignore()
            .on("playing", Button.STOP)
            .go("silent")
            .on("playing", Button.PLAY)
            .ignore()
            .complete(Button.class)
            .build();

    @Test
    void areToldApartByTheirConstants() {
      var instance = player.start(log);

      assertThat(instance.fire(Button.STOP)).isEqualTo("silent");
      assertThat(instance.fire(Button.PLAY)).isEqualTo("playing");
      assertThat(instance.fire(Button.PLAY)).isEqualTo("playing");
      assertThat(instance.fire(Button.STOP)).isEqualTo("silent");
    }

    enum Key {
      ENTER {
        @Override
        public String toString() {
          return "the large one";
        }
      },
      ESCAPE
    }

    @Test
    void mayHaveConstantsWithBodies() {
      StateMachine.<String, Key, List<String>>starting("open")
          .on("open", Key.ENTER)
          .ignore()
          .on("open", Key.ESCAPE)
          .ignore()
          .complete(Key.class)
          .build();
    }

    @Test
    void areTheOnlyOnesNamedByAnObject() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> StateMachine.<String, Object, List<String>>starting("a").on("a", "event"))
          .withMessage("an event that is no enum constant is named by its class: java.lang.String");
    }
  }

  @Test
  void drawsItself() {
    assertThat(builder().build().toMermaid()).isEqualTo("""
        stateDiagram-v2
          [*] --> NEW
          state OPEN {
            NEW
            PAID
          }
          NEW --> PAID : Pay [enough]
          PAID --> SENT : Send
        """);
    assertThat(builder().build().states()).containsExactly(State.NEW, State.PAID, State.SENT);
    assertThat(builder().build()).hasToString("StateMachine[NEW, PAID, SENT]");
  }
}
