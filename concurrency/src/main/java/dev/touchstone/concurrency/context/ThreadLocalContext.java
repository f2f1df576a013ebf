package dev.touchstone.concurrency.context;

import org.jspecify.annotations.Nullable;

/** The value of a thread-local. */
final class ThreadLocalContext<T> implements ContextPropagation {

  private final ThreadLocal<T> threadLocal;

  ThreadLocalContext(ThreadLocal<T> threadLocal) {
    this.threadLocal = threadLocal;
  }

  @Override
  public Snapshot capture() {
    var captured = threadLocal.get();
    return () -> {
      var before = threadLocal.get();
      replace(captured);
      return () -> replace(before);
    };
  }

  private void replace(@Nullable T value) {
    if (value == null) {
      threadLocal.remove();
    } else {
      threadLocal.set(value);
    }
  }
}
