package dev.touchstone.concurrency.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Several contexts as one. */
final class CombinedContext implements ContextPropagation {

  private final List<ContextPropagation> parts;

  CombinedContext(List<ContextPropagation> parts) {
    this.parts = parts;
  }

  @Override
  public Snapshot capture() {
    var snapshots = parts.stream().map(ContextPropagation::capture).toList();
    return () -> open(snapshots);
  }

  private static Scope open(List<Snapshot> snapshots) {
    var opened = new ArrayDeque<Scope>(snapshots.size());
    try {
      for (var snapshot : snapshots) {
        opened.push(snapshot.open());
      }
    } catch (Throwable failure) {
      closeAfter(failure, opened);
      throw failure;
    }
    return () -> closeAll(opened);
  }

  private static void closeAll(Deque<Scope> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Throwable failure) {
        closeAfter(failure, opened);
        throw failure;
      }
    }
  }

  /** Closes the others all the same; what they throw is suppressed in the failure. */
  @SuppressWarnings("ReferenceEquality") // a throwable must not suppress itself
  private static void closeAfter(Throwable failure, Deque<Scope> opened) {
    try {
      closeAll(opened);
    } catch (Throwable further) {
      if (further != failure) {
        failure.addSuppressed(further);
      }
    }
  }
}
