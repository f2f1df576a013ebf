package dev.touchstone.patterns.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Several edits that are applied all or not at all.
 *
 * @param label what a user reads behind "Undo"
 * @param edits in the order of their application
 */
record CompositeEdit<T>(String label, List<Edit<T>> edits) implements Edit<T> {

  CompositeEdit {
    edits = List.copyOf(edits);
  }

  @Override
  public Edit<T> applyTo(T target) {
    var inverses = new ArrayList<Edit<T>>(edits.size());
    for (var edit : edits) {
      try {
        inverses.add(applyPart(edit, target));
      } catch (RollbackFailedException e) { // those before it expect another state now
        throw e;
      } catch (Throwable e) {
        rollBack(target, inverses, 0, e);
        throw e;
      }
    }
    return new CompositeEdit<>(label, inverses.reversed());
  }

  /**
   * Applies an edit, and returns its inverse.
   *
   * @throws RollbackFailedException if it returned none, so that it cannot be taken back
   */
  static <T> Edit<T> applyPart(Edit<T> edit, T target) {
    var inverse = edit.applyTo(target);
    if (inverse == null) { // possible for code that is not checked for nulls
      throw new RollbackFailedException(
          "the edit " + edit.label() + " returned no inverse, so it cannot be taken back; let "
              + "applyTo return one",
          new NullPointerException("inverse"));
    }
    return inverse;
  }

  /**
   * Applies inverses from the last down to the given one, and removes them.
   *
   * @param cause why, to be the cause of the exception
   * @throws RollbackFailedException if one of them fails; those before it are not applied then, for
   *     they expect a state that was not reached
   */
  @SuppressWarnings("ReferenceEquality") // an exception must not suppress itself
  static <T> void rollBack(T target, List<Edit<T>> inverses, int downTo, Throwable cause) {
    try {
      while (inverses.size() > downTo) {
        inverses.removeLast().applyTo(target);
      }
    } catch (Throwable e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
      throw new RollbackFailedException(
          "an edit failed, and so did taking back those before it; the "
              + "target is somewhere between",
          cause);
    }
  }

  @Override
  public long weight() {
    return edits.stream().mapToLong(Edit::weight).sum();
  }
}
