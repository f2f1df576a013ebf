package dev.touchstone.examples;

import dev.touchstone.examples.cli.CommandLineInterface;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the command line and turns Ctrl-C into an interruption of the command that runs. */
public final class Main {

  private static final long SECONDS_TO_FINISH = 10;

  private Main() {}

  /**
   * Runs the command that the arguments name and ends the virtual machine with its exit status.
   *
   * @param arguments a command and its options; none prints the usage
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // the output is English, its numbers too
    var finished = new CountDownLatch(1);
    finishBeforeShutdown(Thread.currentThread(), finished);
    int status;
    try {
      status = cli().run(arguments);
    } finally {
      finished.countDown();
    }
    System.exit(status);
  }

  private static CommandLineInterface cli() {
    return new CommandLineInterface(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /**
   * Lets a command that is cut short by a signal put down what it holds: it is interrupted, and the
   * virtual machine waits a moment for it. After a normal end the command has finished already.
   */
  private static void finishBeforeShutdown(Thread command, CountDownLatch finished) {
    var hook = new Thread(
        () -> {
          if (finished.getCount() == 0) {
            return;
          }
          command.interrupt();
          try {
            if (!finished.await(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
              System.err.println("touchstone: the command did not stop in time");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "touchstone-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
