package dev.touchstone.examples.pluginapp.recipe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.ShiftWork.End;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import dev.touchstone.patterns.state.Instance;
import dev.touchstone.patterns.state.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One run of a recipe. The batch that is under way when a plugin is replaced is done by the old version,
 * the next by the new one.
 *
 * <p>{@link #run} is called once, by one thread; everything else by any.
 */
public final class RecipeRun {

  /** What happens to a run. */
  enum Happening {
    BEGIN,
    REPLACED,
    TAKEN_OVER,
    COMPLETE,
    FAIL,
    CANCEL
  }

  private static final StateMachine<RunState, Happening, RecipeRun> MACHINE =
      StateMachine.<RunState, Happening, RecipeRun>starting(RunState.READY)
          .on(RunState.READY, Happening.BEGIN)
          .go(RunState.RUNNING)
          .on(RunState.RUNNING, Happening.REPLACED)
          .go(RunState.HANDING_OVER)
          .on(RunState.HANDING_OVER, Happening.TAKEN_OVER)
          .go(RunState.RUNNING)
          .on(RunState.HANDING_OVER, Happening.FAIL)
          .go(RunState.FAILED)
          .on(RunState.HANDING_OVER, Happening.CANCEL)
          .go(RunState.CANCELLED)
          .on(RunState.RUNNING, Happening.COMPLETE)
          .go(RunState.FINISHED)
          .on(RunState.RUNNING, Happening.FAIL)
          .go(RunState.FAILED)
          .on(RunState.RUNNING, Happening.CANCEL)
          .go(RunState.CANCELLED)
          .build();

  private final long number;
  private final Recipe recipe;
  private final Toolbox toolbox;
  private final EventBus<WorkbenchEvent> events;
  private final SinkFigures figures = new SinkFigures();
  private final AtomicBoolean isCancelled = new AtomicBoolean();
  private final Instance<RunState, Happening, RecipeRun> instance = MACHINE.start(this);
  private volatile RunState state = RunState.READY;
  private volatile String detail = "";
  private volatile List<Shift> log = List.of();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicLong read = new AtomicLong();
  private volatile @Nullable ShiftWork shift;

  private final ShiftWork.Listener listener = new ShiftWork.Listener() {

    @Override
    public void opened() {
      if (state == RunState.HANDING_OVER) {
        fire(Happening.TAKEN_OVER);
      }
    }

    @Override
    public void done(int rows, List<String> plugins) {
      var batch = batches.incrementAndGet();
      read.addAndGet(rows);
      note(plugins);
      events.post(new WorkbenchEvent.BatchDone(number, batch, rows, figures.rows(), plugins));
    }
  };

  /**
   * Creates a run that has not begun.
   *
   * @param number tells it from others
   */
  public RecipeRun(long number, Recipe recipe, Toolbox toolbox, EventBus<WorkbenchEvent> events) {
    this.number = number;
    this.recipe = requireNonNull(recipe, "recipe");
    this.toolbox = requireNonNull(toolbox, "toolbox");
    this.events = requireNonNull(events, "events");
  }

  /**
   * Runs the recipe to its end. An interruption cancels it; the flag stays set.
   *
   * @return {@code FINISHED}, {@code FAILED} or {@code CANCELLED}; {@link #detail} says why
   */
  public RunState run() {
    fire(Happening.BEGIN);
    events.post(new WorkbenchEvent.RunStarted(number, recipe.name()));
    var from = Bookmarks.START;
    var end = shift(from);
    while (end instanceof End.Replaced(var bookmarks)) {
      fire(Happening.REPLACED);
      from = bookmarks;
      end = shift(from);
    }
    conclude(end);
    events.post(new WorkbenchEvent.RunEnded(number, state.name().toLowerCase(Locale.ROOT), detail));
    return state;
  }

  private End shift(Bookmarks from) {
    while (true) {
      var work = new ShiftWork(recipe, toolbox, figures, listener);
      shift = work;
      if (isCancelled.get()) {
        return new End.Cancelled();
      }
      try {
        return work.work(from);
      } catch (PluginUnloadedException e) { // between looking a part up and leasing it
        if (work.isBegun()) {
          return new End.Failed(String.valueOf(e.getMessage()));
        }
      } catch (RuntimeException | LinkageError e) { // of a plugin that was asked who reads the file
        return new End.Failed(ShiftWork.reason(e));
      } finally {
        shift = null;
      }
    }
  }

  private void conclude(End end) {
    switch (end) {
      case End.Complete complete -> fire(Happening.COMPLETE);
      case End.Failed(var reason) -> {
        detail = reason;
        fire(Happening.FAIL);
      }
      case End.Cancelled cancelled -> fire(Happening.CANCEL);
      case End.Replaced replaced -> throw new AssertionError("a run goes on after " + replaced);
    }
  }

  private void fire(Happening happening) {
    state = instance.fire(happening);
  }

  private void note(List<String> plugins) {
    var changed = new ArrayList<>(log);
    var last = changed.isEmpty() ? null : changed.getLast();
    if (last == null || !last.plugins().equals(plugins)) {
      changed.add(new Shift(plugins, 1));
    } else {
      changed.set(changed.size() - 1, new Shift(plugins, last.batches() + 1));
    }
    log = List.copyOf(changed);
  }

  /** Ends the run as soon as possible; without effect on one that has ended. */
  public void cancel() {
    isCancelled.set(true);
    var present = shift;
    if (present != null) {
      present.cancel();
    }
  }

  /** Returns what tells the run from others. */
  public long number() {
    return number;
  }

  /** Returns what is run. */
  public Recipe recipe() {
    return recipe;
  }

  /** Returns where the run is. */
  public RunState state() {
    return state;
  }

  /** Returns why the run failed; blank if it did not. */
  public String detail() {
    return detail;
  }

  /** Returns how far the run is. */
  public Progress progress() {
    return new Progress(batches.get(), read.get(), figures.rows(), figures.retries());
  }

  /** Returns which versions worked on how many batches, in order. */
  public List<Shift> log() {
    return log;
  }
}
