package dev.touchstone.examples;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Ctrl-C, a request to end and the end of the terminal do: the first interrupts the command, which then puts down what it
 * holds, the second ends the process at once. A command that takes longer than ten seconds is ended too.
 */
final class Signals {

  /*
   * A shutdown hook would do for the first signal, but the virtual machine takes no notice of a second
   * one while hooks run. The class that hears signals is not part of the Java SE; it is in the module
   * jdk.unsupported of every JDK, and reached by name because the compiler warns of it.
   */

  private static final long SECONDS_TO_FINISH = 10;
  private static final int STATUS_OF_SIGNAL = 128;

  private final Thread command;
  private final AtomicInteger first = new AtomicInteger();

  private Signals(Thread command) {
    this.command = command;
  }

  /** Lets signals interrupt a command from now on. */
  static Signals interrupting(Thread command) {
    var signals = new Signals(command);
    List.of("INT", "TERM", "HUP").forEach(signals::listen);
    return signals;
  }

  /** Returns the exit status of a command that gave one itself: that of the signal, if one came. */
  int status(int own) {
    return first.get() == 0 ? own : STATUS_OF_SIGNAL + first.get();
  }

  private void listen(String name) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var listener = Class.forName("sun.misc.SignalHandler");
      var number = signal.getMethod("getNumber");
      var proxy = Proxy.newProxyInstance(
          Signals.class.getClassLoader(), new Class<?>[] {listener}, (self, method, arguments) -> {
            received((int) number.invoke(arguments[0]));
            return null;
          });
      signal
          .getMethod("handle", signal, listener)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (InvocationTargetException e) {
      // Somebody else hears this signal, such as a shell that starts us in the background.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every JDK has sun.misc.Signal", e);
    }
  }

  private void received(int number) {
    if (!first.compareAndSet(0, number)) {
      Runtime.getRuntime().halt(STATUS_OF_SIGNAL + number);
    }
    System.err.println("touchstone: stopping; once more ends it now");
    command.interrupt();
    Thread.ofPlatform().daemon().name("touchstone-stop").start(this::endLate);
  }

  private void endLate() {
    try {
      command.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_FINISH));
      if (command.isAlive()) {
        System.err.println("touchstone: the command did not stop in time");
        Runtime.getRuntime().halt(STATUS_OF_SIGNAL + first.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
