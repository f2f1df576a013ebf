package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CommandBusTest {

  sealed interface BankCommand {}

  record Deposit(long cents) implements BankCommand, Command<Long> {}

  record Close(String reason) implements BankCommand, Command<@Nullable Void> {}

  record Audit() implements BankCommand, Command<String> {}

  private final List<String> log = new ArrayList<>();

  private Around<Object> around(String name) {
    return (command, next) -> {
      log.add(name + " begins");
      var result = next.proceed(command);
      log.add(name + " ends");
      return result;
    };
  }

  @Nested
  class Send {

    @Test
    void returnsWhatTheHandlerReturns() {
      var bus = CommandBus.builder()
          .handle(Deposit.class, deposit -> deposit.cents() + 1)
          .handle(Audit.class, audit -> "fine")
          .build();

      long balance = bus.send(new Deposit(41));

      assertThat(balance).isEqualTo(42);
      assertThat(bus.send(new Audit())).isEqualTo("fine");
    }

    @Test
    void returnsNothingForACommandWithoutAResult() {
      var bus = CommandBus.builder()
          .run(Close.class, close -> log.add(close.reason()))
          .build();

      assertThat(bus.send(new Close("moved"))).isNull();
      assertThat(log).containsExactly("moved");
    }

    @Test
    void throwsWhatTheHandlerThrows() {
      var failure = new IllegalStateException("no money");
      var bus = CommandBus.builder()
          .handle(Deposit.class, deposit -> {
            throw failure;
          })
          .build();

      assertThatThrownBy(() -> bus.send(new Deposit(1))).isSameAs(failure);
    }

    @Test
    void saysThatThereIsNoHandler() {
      var bus = CommandBus.builder().handle(Audit.class, audit -> "fine").build();

      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> bus.send(new Deposit(1)))
          .withMessage("no handler for " + Deposit.class.getName()
              + " among the 1 of this bus; register one by handle(Deposit.class, ...)");
    }

    @Test
    void mayBeCalledInAHandler() {
      var bus = new CommandBus[1];
      bus[0] = CommandBus.builder()
          .handle(Audit.class, audit -> "balance " + bus[0].send(new Deposit(1)))
          .handle(Deposit.class, Deposit::cents)
          .build();

      assertThat(bus[0].send(new Audit())).isEqualTo("balance 1");
    }
  }

  @Nested
  class Submit {

    @Test
    void completesWithTheResult() {
      var bus = CommandBus.builder().handle(Deposit.class, Deposit::cents).build();

      assertThat(bus.submit(new Deposit(7), Runnable::run)).isCompletedWithValue(7L);
    }

    @Test
    void completesWithTheFailure() {
      var bus = CommandBus.builder()
          .handle(Deposit.class, deposit -> {
            throw new IllegalStateException("no money");
          })
          .build();

      assertThatThrownBy(() -> bus.submit(new Deposit(7), Runnable::run).join())
          .hasRootCauseMessage("no money");
    }

    @Test
    void saysAtOnceThatThereIsNoHandler() {
      var bus = CommandBus.builder().build();

      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> bus.submit(new Deposit(7), task -> {}));
    }
  }

  @Nested
  class Arounds {

    @Test
    void areNestedInTheOrderTheyAreListed() {
      var bus = CommandBus.builder()
          .around(around("log"))
          .around(Deposit.class, around("transaction"))
          .around(around("timer"))
          .handle(Deposit.class, Deposit::cents)
          .build();

      bus.send(new Deposit(1));

      assertThat(log)
          .containsExactly(
              "log begins",
              "transaction begins",
              "timer begins",
              "timer ends",
              "transaction ends",
              "log ends");
    }

    @Test
    void applyToTheirTypeAndItsSubtypes() {
      var bus = CommandBus.builder()
          .around(BankCommand.class, around("bank"))
          .around(Audit.class, around("audit"))
          .handle(Deposit.class, Deposit::cents)
          .build();

      bus.send(new Deposit(1));

      assertThat(log).containsExactly("bank begins", "bank ends");
    }

    @Test
    void mayProceedAgainOrNotAtAllOrWithAnotherCommand() {
      var bus = CommandBus.builder()
          .around(Deposit.class, (deposit, next) -> {
            if (deposit.cents() < 0) {
              return 0L;
            }
            next.proceed(deposit);
            return next.proceed(new Deposit(deposit.cents() * 2));
          })
          .handle(Deposit.class, deposit -> {
            log.add("deposit " + deposit.cents());
            return deposit.cents();
          })
          .build();

      assertThat(bus.send(new Deposit(-1))).isZero();
      assertThat(bus.send(new Deposit(2))).isEqualTo(4);
      assertThat(log).containsExactly("deposit 2", "deposit 4");
    }
  }

  @Nested
  class Build {

    @Test
    void namesTheCommandsWithoutAHandler() {
      var builder =
          CommandBus.builder().handle(Audit.class, audit -> "").complete(BankCommand.class);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("no handler for " + Close.class.getName() + ", " + Deposit.class.getName());
    }

    @Test
    void isContentWhenAllHaveOne() {
      var bus = CommandBus.builder()
          .handle(Audit.class, audit -> "")
          .handle(Deposit.class, Deposit::cents)
          .run(Close.class, close -> {})
          .complete(BankCommand.class)
          .build();

      assertThat(bus.send(new Audit())).isEmpty();
    }

    @Test
    void rejectsASecondHandler() {
      var builder = CommandBus.builder().handle(Audit.class, audit -> "");

      assertThatIllegalStateException()
          .isThrownBy(() -> builder.handle(Audit.class, audit -> ""))
          .withMessage(Audit.class.getName() + " has a handler already; there can be one");
    }

    @Test
    void rejectsAnAbstractCommand() {
      interface Anything extends Command<String> {}

      assertThatIllegalArgumentException()
          .isThrownBy(() -> CommandBus.builder().handle(Anything.class, command -> ""))
          .withMessage("a handler is found by the class of the command, and "
              + Anything.class.getName() + " is abstract; register one for each of its subclasses");
    }

    @Test
    void rejectsCompletenessOfAnOpenType() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CommandBus.builder().complete(Command.class))
          .withMessage(
              Command.class.getName() + " is not sealed, so that its commands are not known");
    }

    @Test
    void doesNotAffectABusThatIsBuilt() {
      var builder = CommandBus.builder().handle(Audit.class, audit -> "");
      var bus = builder.build();

      builder.handle(Deposit.class, Deposit::cents);

      assertThatExceptionOfType(NoHandlerException.class)
          .isThrownBy(() -> bus.send(new Deposit(1)));
    }
  }
}
