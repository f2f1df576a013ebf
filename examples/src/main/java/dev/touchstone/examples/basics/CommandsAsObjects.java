package dev.touchstone.examples.basics;

import dev.touchstone.patterns.command.Command;
import dev.touchstone.patterns.command.CommandBus;
import java.io.PrintWriter;

/**
 * The Command: what is asked for is an object, so one place can log, check or time everything that is.
 *
 * <p>The bus finds the handler by the type of the command, and because the commands are a sealed family
 * it refuses to be built while one of them has no handler.
 */
final class CommandsAsObjects {

  private CommandsAsObjects() {}

  private sealed interface AccountCommand {}

  private record Deposit(long cents) implements AccountCommand, Command<Long> {}

  private record Withdraw(long cents) implements AccountCommand, Command<Long> {}

  static void run(PrintWriter out) {
    var balance = new long[1];
    var bus = CommandBus.builder()
        .around((command, next) -> {
          out.println("-> " + command);
          return next.proceed(command);
        })
        .handle(Deposit.class, deposit -> balance[0] += deposit.cents())
        .handle(Withdraw.class, withdraw -> balance[0] -= withdraw.cents())
        .complete(AccountCommand.class)
        .build();

    bus.send(new Deposit(100_00));
    out.println("the balance is " + bus.send(new Withdraw(30_00)));
  }
}
