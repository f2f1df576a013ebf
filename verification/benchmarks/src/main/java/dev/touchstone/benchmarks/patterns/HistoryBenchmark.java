package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.command.Edit;
import dev.touchstone.patterns.command.History;
import java.util.concurrent.TimeUnit;
import javax.swing.undo.AbstractUndoableEdit;
import javax.swing.undo.UndoManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Executing an edit, undoing and redoing it, in a history that is full. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HistoryBenchmark {

  private static final int LIMIT = 100;

  private final int[] counter = new int[1];
  private final History<int[]> history = History.on(counter).limit(LIMIT).build();
  private final UndoManager swing = new UndoManager();

  /** Changes a number by an amount. */
  private record Add(int amount) implements Edit<int[]> {
    @Override
    public Edit<int[]> applyTo(int[] target) {
      target[0] += amount;
      return new Add(-amount);
    }
  }

  @SuppressWarnings("serial") // never written
  private final class SwingAdd extends AbstractUndoableEdit {

    @Override
    public void undo() {
      super.undo();
      counter[0]--;
    }

    @Override
    public void redo() {
      super.redo();
      counter[0]++;
    }
  }

  public HistoryBenchmark() {
    swing.setLimit(LIMIT);
  }

  @Benchmark
  public int touchstone() {
    history.execute(new Add(1));
    history.undo();
    history.redo();
    return counter[0];
  }

  @Benchmark
  public int swing() {
    counter[0]++;
    swing.addEdit(new SwingAdd());
    swing.undo();
    swing.redo();
    return counter[0];
  }
}
