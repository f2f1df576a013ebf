package dev.touchstone.patterns.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object that a history applies edits to, and whether it still is what the history says. */
final class EditTarget<T> {

  private final T target;
  private boolean applying;
  private @Nullable Throwable broken;

  EditTarget(T target) {
    this.target = target;
  }

  /** Applies an edit, and returns its inverse. */
  Edit<T> apply(Edit<T> edit) {
    applying = true;
    try {
      return CompositeEdit.applyPart(edit, target);
    } catch (RollbackFailedException e) {
      broken = e;
      throw e;
    } finally {
      applying = false;
    }
  }

  /**
   * Applies inverses from the last down to the given one, and removes them. If that fails, the cause
   * has the failure suppressed in it.
   */
  void rollBack(List<Edit<T>> inverses, int downTo, Throwable cause) {
    applying = true;
    try {
      CompositeEdit.rollBack(target, inverses, downTo, cause);
    } catch (RollbackFailedException e) {
      broken = e;
    } finally {
      applying = false;
    }
  }

  /** Remembers that the history does not have what was applied. */
  void breakBy(Throwable failure) {
    broken = failure;
  }

  /** Takes the target for what it should be. */
  void mend() {
    broken = null;
  }

  boolean isBroken() {
    return broken != null;
  }

  /** Returns whether an edit is being applied, or taken back. */
  boolean isInUse() {
    return applying;
  }

  void checkUsable() {
    if (broken != null) {
      throw new HistoryBrokenException(broken);
    }
    if (applying) {
      throw new IllegalStateException("an edit must not use the history that applies it; give the "
          + "edit all it needs, or execute several in a transaction");
    }
  }
}
