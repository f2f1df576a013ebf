package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A change of an object that knows its own inverse.
 *
 * <p>Undoing is not a second method but a second edit: applying an edit returns the one that takes
 * the object back to exactly where it was, and applying that returns one that does it again. An edit
 * therefore remembers nothing, can be a record, and can be applied to another object of equal state.
 *
 * {@snippet class="dev.touchstone.patterns.command.SnippetsTest" region="edit"}
 *
 * <p><b>Source:</b> {@code Step.invert} of ProseMirror, made one with applying.
 *
 * @param <T> the type of the object
 * @see History
 */
@FunctionalInterface
public interface Edit<T> {

  /**
   * Changes the target.
   *
   * <p>What it throws means that nothing was done: the target is as it was. Must not use the history
   * that applies it.
   *
   * @return the exact inverse: applied to the changed target, it restores the state before
   */
  Edit<T> applyTo(T target);

  /**
   * Returns one edit that does what this one and then the other would, if there is one; {@link
   * #none()} if they cancel. Empty by default. Must not change anything.
   *
   * <p>A history merges edits that follow each other closely, such as typed letters, by asking the
   * inverse of the later one for the inverse of both: {@code laterInverse.then(earlierInverse)}.
   */
  default Optional<Edit<T>> then(Edit<T> next) {
    return Optional.empty();
  }

  /**
   * Returns what two edits must have equal to be merged, for instance the field that they change. By
   * default empty, and the edit is not merged.
   */
  default Optional<Object> mergeKey() {
    return Optional.empty();
  }

  /** Returns what a user reads behind "Undo". The default is the simple name of the class. */
  default String label() {
    return getClass().getSimpleName();
  }

  /** Returns how much memory this edit holds, in any unit, at least 0. The default is 1. */
  default long weight() {
    return 1;
  }

  /** Returns the edit that changes nothing and is its own inverse. */
  static <T> Edit<T> none() {
    return NoEdit.instance();
  }

  /**
   * Returns an edit that is undone by a snapshot of the target, for targets that are small or share
   * their parts. This is the Memento pattern.
   *
   * @param label what a user reads behind "Undo"
   * @param capture returns the state, unaffected by later changes of the target
   * @param restore puts a captured state back
   * @param change does the change; if it throws, the state before is restored
   * @param <S> the type of the state
   */
  static <T, S> Edit<T> bySnapshot(
      String label,
      Function<? super T, ? extends S> capture,
      BiConsumer<? super T, ? super S> restore,
      Consumer<? super T> change) {
    return new SnapshotEdit<T, S>(
        requireNonNull(label, "label"),
        requireNonNull(capture, "capture"),
        requireNonNull(restore, "restore"),
        requireNonNull(change, "change"));
  }
}
