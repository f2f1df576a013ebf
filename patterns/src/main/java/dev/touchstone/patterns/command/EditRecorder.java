package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Applies edits to the target of a history and records in its timeline what was applied: both, or
 * neither. Where only the first is possible, the target is broken: it is not what the timeline says.
 */
final class EditRecorder<T> {

  private final EditTarget<T> target;
  private final Timeline<T> timeline;
  private final MergeWindow window;
  private final ChangeReports reports;

  EditRecorder(
      EditTarget<T> target, Timeline<T> timeline, MergeWindow window, ChangeReports reports) {
    this.target = target;
    this.timeline = timeline;
    this.window = window;
    this.reports = reports;
  }

  /** Applies an edit, which becomes an entry or joins the last one. */
  void execute(Edit<T> edit) {
    var label = edit.label();
    var candidate = window.candidate(edit);
    var inverse = target.apply(edit);
    try {
      if (window.admits(candidate) && mergeIntoLast(inverse, candidate)) {
        reports.add(Change.Kind.MERGED, label);
      } else {
        timeline.push(label, inverse);
        window.open(candidate);
        reports.add(Change.Kind.EXECUTED, label);
      }
    } catch (Throwable e) { // the edit broke its contract, and is applied but not recorded
      target.breakBy(e);
      throw e;
    }
  }

  @SuppressWarnings("ReferenceEquality") // there is one Edit.none()
  private boolean mergeIntoLast(Edit<T> inverse, MergeWindow.Candidate candidate) {
    var last = requireNonNull(timeline.current().edit());
    var both = inverse.then(last).orElse(null);
    if (both == null) {
      return false;
    }
    if (both == Edit.<T>none()) {
      timeline.cancel();
      window.seal();
    } else {
      timeline.merge(both);
      window.open(candidate);
    }
    return true;
  }

  /** Records edits that were applied one after the other as one entry. */
  void executed(String label, List<Edit<T>> inverses) {
    window.seal();
    try {
      timeline.push(label, new CompositeEdit<>(label, inverses.reversed()));
    } catch (Throwable e) {
      target.breakBy(e);
      throw e;
    }
    reports.add(Change.Kind.EXECUTED, label);
  }

  /** Undoes the last entry; returns false if there is none. */
  boolean undo() {
    if (timeline.current().edit() == null) {
      return false;
    }
    moveUp();
    return true;
  }

  /** Does again what was undone last; returns false if there is nothing. */
  boolean redo() {
    var node = timeline.next();
    if (node == null) {
      return false;
    }
    moveDown(node);
    return true;
  }

  /** Undoes and redoes until a node of the timeline is the current one. */
  void goTo(Timeline.Node<T> node) {
    var way = timeline.wayDownTo(node);
    var turn = way.isEmpty() ? node : timeline.parentOf(way.getFirst());
    while (timeline.current() != turn) {
      moveUp();
    }
    way.forEach(this::moveDown);
  }

  private void moveUp() {
    window.seal();
    var node = timeline.current();
    var inverse = target.apply(requireNonNull(node.edit()));
    recordMove(() -> timeline.moveUp(inverse));
    reports.add(Change.Kind.UNDONE, node.label());
  }

  private void moveDown(Timeline.Node<T> node) {
    window.seal();
    var inverse = target.apply(requireNonNull(node.edit()));
    recordMove(() -> timeline.moveDown(node, inverse));
    reports.add(Change.Kind.REDONE, node.label());
  }

  private void recordMove(Runnable move) {
    try {
      move.run();
    } catch (Throwable e) { // the weight of the inverse is not one
      target.breakBy(e);
      throw e;
    }
  }

  /** Lets no later edit join what was recorded until now. */
  void seal() {
    window.seal();
  }
}
