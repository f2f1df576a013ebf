package dev.touchstone.concurrency.channel;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives elements that nobody will receive to the handler of the user, each exactly once.
 *
 * <p>A failure of the handler has nobody to be thrown at: it is logged and given to the uncaught
 * exception handler of the thread, and the next element follows. An error of the virtual machine is
 * also thrown, after the last element.
 */
final class Undelivered<T> {

  private static final Logger log = LoggerFactory.getLogger(Channel.class);

  private final Consumer<? super T> handler;

  Undelivered(Consumer<? super T> handler) {
    this.handler = handler;
  }

  void handle(List<T> elements) {
    @Nullable VirtualMachineError error = null;
    for (var element : elements) {
      try {
        handler.accept(element);
      } catch (Throwable failure) {
        report(failure);
        if (failure instanceof VirtualMachineError e) {
          error = e;
        }
      }
    }
    if (error != null) {
      throw error;
    }
  }

  private static void report(Throwable failure) {
    log.error("The onUndelivered handler of a channel failed", failure);
    var thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable second) {
      log.error("The uncaught exception handler of {} failed", thread, second);
    }
  }
}
