package dev.touchstone.concurrency.keyed;

import dev.touchstone.concurrency.context.ContextPropagation.Snapshot;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task of a key. Cancelling it interrupts it if it runs, and takes it out of its line if not. */
final class KeyedTask<K, T extends @Nullable Object> extends CompletableFuture<T> {

  private final KeyedExecutor<K> executor;
  private final KeyLine<K> line;
  private final Callable<? extends T> work;
  private final Snapshot context;

  KeyedTask(
      KeyedExecutor<K> executor, KeyLine<K> line, Callable<? extends T> work, Snapshot context) {
    this.executor = executor;
    this.line = line;
    this.work = work;
    this.context = context;
  }

  KeyLine<K> line() {
    return line;
  }

  /**
   * Runs the work and completes this: callbacks see the context of the submitter as well, for the
   * worker has that of another one.
   */
  @SuppressWarnings("try") // closed for its effect
  void run() {
    if (isDone()) {
      return;
    }
    try (var scope = context.open()) {
      runInContext();
    } catch (Throwable broken) {
      if (!completeExceptionally(broken) || broken instanceof VirtualMachineError) {
        throw broken; // after a failed close the thread keeps what is not for other tasks
      }
    }
  }

  private void runInContext() {
    T result;
    try {
      result = work.call();
    } catch (Throwable failure) {
      completeExceptionally(failure);
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      return;
    }
    complete(result);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    var cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      executor.forget(this);
    }
    return cancelled;
  }
}
