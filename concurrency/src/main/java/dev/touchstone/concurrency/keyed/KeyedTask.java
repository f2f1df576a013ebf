package dev.touchstone.concurrency.keyed;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task of a key. Cancelling it interrupts it if it runs, and takes it out of its line if not. */
final class KeyedTask<K, T extends @Nullable Object> extends CompletableFuture<T> {

  private final KeyedExecutor<K> executor;
  private final KeyLine<K> line;
  private final Callable<? extends T> work;

  KeyedTask(KeyedExecutor<K> executor, KeyLine<K> line, Callable<? extends T> work) {
    this.executor = executor;
    this.line = line;
    this.work = work;
  }

  KeyLine<K> line() {
    return line;
  }

  void run() {
    if (isDone()) {
      return;
    }
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
