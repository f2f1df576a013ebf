package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import dev.touchstone.examples.pluginapp.recipe.Toolbox;
import dev.touchstone.patterns.observe.EventBus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The runs of recipes of this process: those that have not ended, and the last of the others, a hundred
 * in all. Safe for use by several threads.
 */
public final class Runs implements AutoCloseable {

  private static final int REMEMBERED = 100;

  private final Toolbox toolbox;
  private final EventBus<WorkbenchEvent> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<RecipeRun> runs =
      new ArrayDeque<>(); // guarded by the lock, newest first
  private long number; // guarded by the lock
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("recipe-run-", 0).factory());

  Runs(Toolbox toolbox, EventBus<WorkbenchEvent> events) {
    this.toolbox = toolbox;
    this.events = events;
  }

  /** Returns a run that has not begun, to be run by the caller. */
  public RecipeRun prepare(Recipe recipe) {
    lock.lock();
    try {
      var run = new RecipeRun(++number, recipe, toolbox, events);
      runs.addFirst(run);
      forgetOld();
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** A run that has not ended must be there to be cancelled. */
  private void forgetOld() {
    var oldest = runs.descendingIterator();
    while (runs.size() > REMEMBERED && oldest.hasNext()) {
      if (oldest.next().state().isEnd()) {
        oldest.remove();
      }
    }
  }

  /** Starts a run on a thread of its own. */
  public RecipeRun start(Recipe recipe) {
    var run = prepare(recipe);
    threads.execute(run::run);
    return run;
  }

  /** Returns the runs, the newest first. */
  public List<RecipeRun> list() {
    lock.lock();
    try {
      return new ArrayList<>(runs);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a run; empty if there is none with this number, or it is forgotten. */
  public Optional<RecipeRun> find(long wanted) {
    return list().stream().filter(run -> run.number() == wanted).findFirst();
  }

  /** Cancels all runs, and waits for their end. */
  @Override
  public void close() {
    list().forEach(RecipeRun::cancel);
    threads.close();
  }
}
