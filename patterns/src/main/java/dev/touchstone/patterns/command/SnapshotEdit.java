package dev.touchstone.patterns.command;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** An edit that is undone by restoring what was captured before it. */
record SnapshotEdit<T, S>(
    String label,
    Function<? super T, ? extends S> capture,
    BiConsumer<? super T, ? super S> restore,
    Consumer<? super T> change)
    implements Edit<T> {

  @Override
  public Edit<T> applyTo(T target) {
    S before = capture.apply(target);
    try {
      change.accept(target);
    } catch (Throwable e) {
      restoreAfter(e, target, before);
      throw e;
    }
    return new SnapshotEdit<T, S>(
        label, capture, restore, undone -> restore.accept(undone, before));
  }

  @SuppressWarnings("ReferenceEquality") // an exception must not suppress itself
  private void restoreAfter(Throwable failure, T target, S before) {
    try {
      restore.accept(target, before);
    } catch (Throwable e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
      throw new RollbackFailedException(
          "the change failed, and so did restoring the state before it; "
              + "the target may be anything",
          failure);
    }
  }
}
