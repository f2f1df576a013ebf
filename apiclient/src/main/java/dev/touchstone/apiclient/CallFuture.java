package dev.touchstone.apiclient;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The future of a call. Cancelling it cancels the call.
 *
 * @param <R> what the call returns
 */
final class CallFuture<R> extends CompletableFuture<R> {

  private final CallHandle handle;

  private CallFuture(CallHandle handle) {
    this.handle = handle;
  }

  static <R> CompletableFuture<R> run(CallHandle handle, Executor executor, Supplier<R> call) {
    var future = new CallFuture<R>(handle);
    executor.execute(() -> future.runHere(call));
    return future;
  }

  private void runHere(Supplier<R> call) {
    if (isDone()) {
      return;
    }
    handle.started();
    R result;
    try {
      result = call.get();
    } catch (RuntimeException | Error failure) {
      handle.ended();
      completeExceptionally(failure);
      return;
    }
    handle.ended();
    complete(result);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    var cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      handle.cancel();
    }
    return cancelled;
  }

  /** Returns an ordinary future for dependent stages, whose cancellation is their own affair. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
