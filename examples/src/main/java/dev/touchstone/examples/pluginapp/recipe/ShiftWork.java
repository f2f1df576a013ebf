package dev.touchstone.examples.pluginapp.recipe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.pipeline.Pipeline;
import dev.touchstone.concurrency.pipeline.PipelineFailedException;
import dev.touchstone.concurrency.pipeline.PipelineRun;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowReader;
import dev.touchstone.examples.pluginapp.api.RowStep;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import dev.touchstone.examples.pluginapp.api.Sink;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.pluginapp.api.Transform;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.patterns.plugin.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * All plugins are leased for the whole shift, by the thread that waits for the pipeline. A replacement
 * first changes what is listed and then waits for the leases of the old version; so between two batches
 * the source of the pipeline looks at the list, and ends the shift if one of its parts is not on it any
 * more. What is opened is closed before the lease ends, and nothing but two texts goes on to the next.
 */
/** The part of a run in which the same versions work. Used once, by the thread of the run. */
final class ShiftWork {

  /** Hears how far the shift is. */
  interface Listener {

    /** Takes notice that source and sink are open, on the thread of the run. */
    void opened();

    /** Takes notice of a batch, on the thread that goes on with the next afterwards. */
    void done(int read, List<String> plugins);
  }

  /** How a shift ended, if it did not fail. */
  sealed interface End {

    /** There are no more rows, and the sink is finished. */
    record Complete() implements End {}

    /**
     * A plugin was replaced or is to be stopped.
     *
     * @param bookmarks where the next shift begins
     */
    record Replaced(Bookmarks bookmarks) implements End {}

    /**
     * Something failed.
     *
     * @param reason what, without objects of a plugin
     */
    record Failed(String reason) implements End {}

    /** The run was cancelled or interrupted. */
    record Cancelled() implements End {}
  }

  /** A batch on its way. */
  private record Batch(int read, List<Row> rows) {}

  private final Recipe recipe;
  private final Toolbox toolbox;
  private final SinkFigures figures;
  private final Listener listener;
  private volatile @Nullable PipelineRun<?> running;
  private volatile boolean isCancelled;
  private boolean isBegun;
  private boolean isReplaced; // written by the pipeline, read after its end

  ShiftWork(Recipe recipe, Toolbox toolbox, SinkFigures figures, Listener listener) {
    this.recipe = recipe;
    this.toolbox = toolbox;
    this.figures = figures;
    this.listener = listener;
  }

  /** Returns whether it came so far that plugins were asked for something. */
  boolean isBegun() {
    return isBegun;
  }

  /** Ends the shift at once, from another thread. */
  void cancel() {
    isCancelled = true;
    var present = running;
    if (present != null) {
      present.cancel();
    }
  }

  /**
   * Works until there are no more rows or a plugin is replaced.
   *
   * @throws YamlException if there is no such part
   * @throws dev.touchstone.patterns.plugin.PluginUnloadedException if a part went before it was leased
   */
  End work(Bookmarks from) {
    var source = toolbox.source(recipe);
    var transforms = recipe.transforms().stream()
        .map(step -> toolbox.transforms().require(step.part().orElseThrow(), step.whole()))
        .toList();
    var sink = toolbox
        .sinks()
        .require(recipe.sink().part().orElseThrow(), recipe.sink().whole());
    var plugins = Stream.of(List.of(source), transforms, List.of(sink))
        .flatMap(List::stream)
        .map(extension -> extension.plugin().toString())
        .distinct()
        .toList();
    return source.use(reads -> leased(
        transforms,
        List.of(),
        changes -> sink.use(writes -> work(new Crew(reads, changes, writes, plugins), from))));
  }

  private static <R> R leased(
      List<Extension<Transform>> left, List<Transform> held, Function<List<Transform>, R> work) {
    if (left.isEmpty()) {
      return work.apply(held);
    }
    return left.getFirst().use(transform -> {
      var more = new ArrayList<>(held);
      more.add(transform);
      return leased(left.subList(1, left.size()), more, work);
    });
  }

  /**
   * The parts that work in a shift.
   *
   * @param source where rows come from
   * @param transforms what is done to them
   * @param sink where they go
   * @param plugins their plugins
   */
  private record Crew(Source source, List<Transform> transforms, Sink sink, List<String> plugins) {}

  private End work(Crew crew, Bookmarks from) {
    isBegun = true;
    try (var reader = crew.source.open(assignment(recipe.source(), from.source()));
        var writer = WriterLayers.around(
            crew.sink.open(assignment(recipe.sink(), from.sink())), figures, TimeSource.system())) {
      listener.opened();
      pass(crew, reader, steps(crew), writer);
      if (isReplaced) {
        return new End.Replaced(Bookmarks.of(reader.bookmark(), writer.bookmark()));
      }
      writer.finish();
      return new End.Complete();
    } catch (PipelineFailedException e) {
      return new End.Failed(reason(e.getCause() == null ? e : e.getCause()));
    } catch (CancellationException e) {
      return new End.Cancelled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new End.Cancelled();
    } catch (IOException | RuntimeException | LinkageError e) {
      return new End.Failed(reason(e));
    }
  }

  private Assignment assignment(Recipe.Step step, Optional<String> bookmark) {
    return new Assignment(step.options(), recipe.folder(), bookmark);
  }

  private List<RowStep> steps(Crew crew) throws IOException {
    var steps = new ArrayList<RowStep>();
    for (var i = 0; i < crew.transforms.size(); i++) {
      steps.add(
          crew.transforms.get(i).open(recipe.assignment(recipe.transforms().get(i))));
    }
    return steps;
  }

  private void pass(Crew crew, RowReader reader, List<RowStep> steps, RowWriter writer)
      throws InterruptedException {
    var pipeline = Pipeline.generate(new Batches(crew, reader)::next)
        .map("transforms", batch -> new Batch(batch.read, transformed(batch.rows, steps)))
        .to("sink", batch -> {
          writer.write(batch.rows);
          listener.done(batch.read, crew.plugins);
        });
    var run = pipeline.start(Thread::startVirtualThread);
    running = run;
    if (isCancelled) {
      run.cancel();
    }
    await(run);
  }

  private static List<Row> transformed(List<Row> rows, List<RowStep> steps) throws IOException {
    var present = rows;
    for (var step : steps) {
      var next = new ArrayList<Row>(present.size());
      for (var row : present) {
        next.addAll(step.apply(row));
      }
      present = next;
    }
    return present;
  }

  /** Waits for the end, whatever comes: the threads of the pipeline are in code of leased plugins. */
  private static void await(PipelineRun<?> run) throws InterruptedException {
    try {
      run.await();
    } catch (InterruptedException e) {
      run.cancel();
      while (!run.isDone()) {
        try {
          run.await();
        } catch (InterruptedException again) {
          // is told to the caller below
        } catch (CancellationException | PipelineFailedException end) {
          break;
        }
      }
      throw e;
    }
  }

  /** Returns what to tell users of a failure. */
  static String reason(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return reason(requireNonNull(unchecked.getCause()));
    }
    var isForUsers = failure instanceof IOException || failure instanceof YamlException;
    return isForUsers && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }

  /** The source of the pipeline. */
  private final class Batches {

    private final Crew crew;
    private final RowReader reader;
    private boolean isFirst = true;

    Batches(Crew crew, RowReader reader) {
      this.crew = crew;
      this.reader = reader;
    }

    @Nullable
    Batch next() throws IOException {
      if (!isFirst && !isCurrent()) {
        isReplaced = true;
        return null;
      }
      isFirst = false;
      var rows = reader.read(recipe.batch());
      return rows.isEmpty() ? null : new Batch(rows.size(), rows);
    }

    private boolean isCurrent() {
      return toolbox.sources().isCurrent(crew.source)
          && crew.transforms.stream().allMatch(toolbox.transforms()::isCurrent)
          && toolbox.sinks().isCurrent(crew.sink);
    }
  }
}
