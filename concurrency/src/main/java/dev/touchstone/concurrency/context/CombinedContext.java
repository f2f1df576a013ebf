package dev.touchstone.concurrency.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      try {
        closeAll(opened);
      } catch (Throwable further) {
        failure.addSuppressed(further);
      }
      throw failure;
    }
    return () -> closeAll(opened);
  }

  private static void closeAll(Deque<Scope> opened) {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      first = close(opened.pop(), first);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException close(Scope scope, @Nullable RuntimeException first) {
    try {
      scope.close();
    } catch (RuntimeException failure) {
      if (first == null) {
        return failure;
      }
      first.addSuppressed(failure);
    }
    return first;
  }
}
