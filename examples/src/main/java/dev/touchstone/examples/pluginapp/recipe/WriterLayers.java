package dev.touchstone.examples.pluginapp.recipe;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.patterns.decorate.Decorators;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is put around every sink: rows are collected, counted, and tried again if that fails. */
final class WriterLayers {

  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int ENOUGH = 100;

  private WriterLayers() {}

  /**
   * Puts the layers around a writer.
   *
   * @param figures are kept up to date
   */
  static RowWriter around(RowWriter core, SinkFigures figures, TimeSource time) {
    return Decorators.of(core)
        .with("buffer", Buffering::new)
        .with("metrics", writer -> new Metered(writer, figures), Decorators.inside("buffer"))
        .with("retry", writer -> new Retrying(writer, figures, time), Decorators.inside("metrics"))
        .build();
  }

  /** Hands everything on. */
  private abstract static class Layer implements RowWriter {

    final RowWriter next;

    Layer(RowWriter next) {
      this.next = next;
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      next.write(rows);
    }

    @Override
    public String bookmark() throws IOException {
      return next.bookmark();
    }

    @Override
    public void finish() throws IOException {
      next.finish();
    }

    @Override
    public void close() throws IOException {
      next.close();
    }
  }

  /** Collects small batches, such as a filter leaves. */
  private static final class Buffering extends Layer {

    private final List<Row> waiting = new ArrayList<>();

    Buffering(RowWriter next) {
      super(next);
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      waiting.addAll(rows);
      if (waiting.size() >= ENOUGH) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (!waiting.isEmpty()) {
        next.write(List.copyOf(waiting));
        waiting.clear();
      }
    }

    @Override
    public String bookmark() throws IOException {
      flush();
      return next.bookmark();
    }

    @Override
    public void finish() throws IOException {
      flush();
      next.finish();
    }
  }

  /** Counts what was written. */
  private static final class Metered extends Layer {

    private final SinkFigures figures;

    Metered(RowWriter next, SinkFigures figures) {
      super(next);
      this.figures = figures;
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      next.write(rows);
      figures.written(rows.size());
    }
  }

  /** Tries again what a writer could not write; it has written nothing of it, as it promised. */
  private static final class Retrying extends Layer {

    private final SinkFigures figures;
    private final TimeSource time;

    Retrying(RowWriter next, SinkFigures figures, TimeSource time) {
      super(next);
      this.figures = figures;
      this.time = time;
    }

    @Override
    public void write(List<Row> rows) throws IOException {
      for (var attempt = 1; ; attempt++) {
        try {
          next.write(rows);
          return;
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
          figures.triedAgain();
          pause(attempt, e);
        }
      }
    }

    private void pause(int attempt, IOException failure) throws IOException {
      try {
        time.sleep(PAUSE.multipliedBy(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        var interrupted = new InterruptedIOException("interrupted while a sink is tried again");
        interrupted.addSuppressed(failure);
        throw interrupted;
      }
    }
  }
}
