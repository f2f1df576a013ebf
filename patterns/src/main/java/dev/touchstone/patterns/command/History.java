package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.observe.Signal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes edits of one object, takes them back, and does them again.
 *
 * {@snippet class="dev.touchstone.patterns.command.SnippetsTest" region="history"}
 *
 * <p><b>Failures.</b> An edit that throws changes neither its target nor the history: what could be
 * redone still can, and an undo that failed may be tried again. A transaction that throws is taken
 * back. Only if that fails too, or if an edit breaks its contract after it was applied, target and
 * history may disagree: then the history is broken and refuses all but {@link #reset()}.
 *
 * <p><b>Merging.</b> With {@linkplain Builder#coalesce coalescing}, an edit joins the entry before it
 * if it comes soon after it, both have the same {@link Edit#mergeKey()}, and the edits agree ({@link
 * Edit#then}). Never across an undo or redo, a transaction, {@link #seal()} or {@link #markClean()}.
 *
 * <p><b>Threads.</b> Belongs to the thread that uses it first, and says so to others; with {@link
 * Builder#locking()} it is safe for use by several threads. Edits are applied under that lock, since
 * the target is what it protects; listeners of {@link #changes()} are called without it.
 *
 * <p><b>Memory.</b> At most 1000 entries unless {@linkplain Builder#limit set} otherwise, oldest
 * dropped first.
 *
 * @param <T> the type of the target
 */
public final class History<T> {

  private final HistoryAccess access; // guards all that follows but the reports
  private final EditTarget<T> target;
  private final Timeline<T> timeline;
  private final EditRecorder<T> recorder;
  private final ChangeReports reports = new ChangeReports();

  private Position clean;
  private @Nullable List<Edit<T>> inverses; // of the open transaction

  private History(Builder<T> builder) {
    access = builder.locking ? HistoryAccess.locking() : HistoryAccess.confined();
    target = new EditTarget<>(builder.target);
    timeline = new Timeline<>(builder.limit, builder.maxWeight, builder.branching);
    recorder = new EditRecorder<>(
        target, timeline, new MergeWindow(builder.window, builder.clock), reports);
    clean = timeline.current();
  }

  /** Returns a builder of a history of the given object. */
  public static <T> Builder<T> on(T target) {
    return new Builder<>(requireNonNull(target, "target"));
  }

  /**
   * Executes an edit. What could be redone no longer can, unless the history is {@linkplain
   * Builder#branching branching}.
   *
   * <p>Inside a transaction the edit becomes part of that.
   *
   * @throws HistoryBrokenException if the history is broken
   * @throws IllegalStateException if called from inside an edit, or by a thread that this history
   *     does not belong to
   */
  public void execute(Edit<T> edit) {
    requireNonNull(edit, "edit");
    exclusively(() -> {
      if (inverses != null) {
        inverses.add(target.apply(edit));
      } else {
        recorder.execute(edit);
      }
      return true;
    });
  }

  /**
   * Undoes the last entry.
   *
   * @return false if there is none
   * @throws HistoryBrokenException if the history is broken
   * @throws IllegalStateException if called from inside an edit or a transaction, or by a thread
   *     that this history does not belong to
   */
  public boolean undo() {
    return outsideTransactions("undo", recorder::undo);
  }

  /**
   * Does again what was undone last.
   *
   * @return false if there is nothing to redo
   * @throws HistoryBrokenException if the history is broken
   * @throws IllegalStateException if called from inside an edit or a transaction, or by a thread
   *     that this history does not belong to
   */
  public boolean redo() {
    return outsideTransactions("redo", recorder::redo);
  }

  /**
   * Executes edits as one entry, which is undone and redone as a whole.
   *
   * <p>If the body throws, what it executed is taken back and the exception goes on to the caller. A
   * transaction inside another becomes part of it; if it throws, only its own edits are taken back,
   * and the outer body may catch the exception and go on. A transaction that executed nothing leaves
   * no entry.
   *
   * @param label what a user reads behind "Undo"
   * @param body executes edits, by its parameter or by this history
   * @throws HistoryBrokenException if the history is broken
   * @throws IllegalStateException if called from inside an edit, or by a thread that this history
   *     does not belong to
   */
  public void transaction(String label, Consumer<? super Transaction<T>> body) {
    requireNonNull(label, "label");
    requireNonNull(body, "body");
    exclusively(() -> {
      if (inverses != null) {
        runPart(inverses, body);
        return true;
      }
      var collected = new ArrayList<Edit<T>>();
      inverses = collected;
      try {
        runPart(collected, body);
      } finally {
        inverses = null;
      }
      if (!collected.isEmpty()) {
        recorder.executed(label, collected);
      }
      return true;
    });
  }

  private void runPart(List<Edit<T>> collected, Consumer<? super Transaction<T>> body) {
    int start = collected.size();
    try {
      body.accept((Transaction<T>) this::execute);
      target.checkUsable(); // the body may have caught the exception that said so
    } catch (Throwable e) {
      if (!target.isBroken()) {
        target.rollBack(collected, start, e);
      }
      throw e;
    }
  }

  /**
   * Undoes and redoes until the target is in the state of a position.
   *
   * <p>If an edit on the way throws, the history stays at the position reached until then.
   *
   * @throws IllegalArgumentException if the history has dropped the position, or never had it
   * @throws HistoryBrokenException if the history is broken
   * @throws IllegalStateException if called from inside an edit or a transaction, or by a thread
   *     that this history does not belong to
   */
  @SuppressWarnings("unchecked") // a node that the root leads to is one of this history
  public void goTo(Position position) {
    var node = (Timeline.Node<T>) requireNonNull(position, "position");
    outsideTransactions("goTo", () -> {
      if (node.isForgotten() || !timeline.contains(node)) {
        throw new IllegalArgumentException(
            position + " is not, or no longer, a position of this history");
      }
      recorder.goTo(node);
      return true;
    });
  }

  /** Returns the present position. */
  public Position position() {
    return exclusively(timeline::current);
  }

  /** Returns the positions from the oldest to the last that can be redone, the present one among them. */
  public List<Position> positions() {
    return exclusively(timeline::line);
  }

  /** Returns the label of what {@link #undo} would undo; empty if there is nothing. */
  public Optional<String> undoLabel() {
    return exclusively(() -> {
      var node = timeline.current();
      return node.edit() == null ? Optional.empty() : Optional.of(node.label());
    });
  }

  /** Returns the label of what {@link #redo} would do; empty if there is nothing. */
  public Optional<String> redoLabel() {
    return exclusively(() -> Optional.ofNullable(timeline.next()).map(Timeline.Node::label));
  }

  /** Keeps later edits from being merged into the last entry. */
  public void seal() {
    outsideTransactions("seal", () -> {
      recorder.seal();
      return true;
    });
  }

  /** Remembers the present position as the one that is saved. */
  public void markClean() {
    outsideTransactions("markClean", () -> {
      recorder.seal();
      clean = timeline.current();
      reports.add(Change.Kind.MARKED_CLEAN, "");
      return true;
    });
  }

  /**
   * Returns whether the target is in the state that was marked clean; at first, that is the state it
   * had when the history was made. Once that position has been dropped this is false until another is
   * marked.
   */
  public boolean isClean() {
    return exclusively(
        () -> clean == timeline.current() && (inverses == null || inverses.isEmpty()));
  }

  /**
   * Drops all entries and begins anew with the target as it is, not clean. The only thing that a
   * broken history does.
   *
   * @throws IllegalStateException if called from inside an edit or a transaction, or by a thread
   *     that this history does not belong to
   */
  public void reset() {
    access.enter();
    try {
      checkOutside("reset");
      target.mend();
      recorder.seal();
      timeline.clear();
      reports.add(Change.Kind.RESET, "");
    } finally {
      access.leave();
    }
    deliverReports();
  }

  /**
   * Returns what announces the changes of this history. Listeners are called after the change is
   * complete, in order, and may use the history; their failures are logged.
   */
  public Signal.View<Change> changes() {
    return reports.view();
  }

  private void deliverReports() {
    if (!access.isLocked()) {
      reports.deliver();
    }
  }

  private <V> V outsideTransactions(String operation, Supplier<V> action) {
    return exclusively(() -> {
      checkOutside(operation);
      return action.get();
    });
  }

  private <V> V exclusively(Supplier<V> action) {
    access.enter();
    try {
      target.checkUsable();
      return action.get();
    } finally {
      access.leave();
      deliverReports();
    }
  }

  private void checkOutside(String operation) {
    if (target.isInUse() || inverses != null) {
      throw new IllegalStateException(
          operation + " is not possible inside a transaction; let it end first");
    }
  }

  @Override
  public String toString() {
    return "History[" + timeline.size() + " entries" + (target.isBroken() ? ", broken]" : "]");
  }

  /**
   * Builds a {@link History}. Reusable after a build; not for several threads.
   *
   * @param <T> the type of the target
   */
  public static final class Builder<T> {

    private final T target;
    private long limit = 1000;
    private long maxWeight = Long.MAX_VALUE;
    private Duration window = Duration.ZERO;
    private InstantSource clock = InstantSource.system();
    private boolean branching;
    private boolean locking;

    private Builder(T target) {
      this.target = target;
    }

    /**
     * Sets how many entries are kept, 1000 by default. The oldest are dropped first.
     *
     * @throws IllegalArgumentException if {@code entries} is less than 1
     */
    public Builder<T> limit(int entries) {
      if (entries < 1) {
        throw new IllegalArgumentException("entries must be at least 1, was " + entries);
      }
      this.limit = entries;
      return this;
    }

    /**
     * Sets how heavy the entries may be together, by {@link Edit#weight()} of what is kept of them.
     * There is no bound by default. The last entry is kept, however heavy.
     *
     * @throws IllegalArgumentException if {@code weight} is less than 1
     */
    public Builder<T> maxWeight(long weight) {
      if (weight < 1) {
        throw new IllegalArgumentException("weight must be at least 1, was " + weight);
      }
      this.maxWeight = weight;
      return this;
    }

    /**
     * Merges edits that follow each other within a time and agree to it. The default is not to.
     *
     * @param window the longest time between two edits of one entry
     * @throws IllegalArgumentException if {@code window} is zero or negative
     */
    public Builder<T> coalesce(Duration window) {
      if (!requireNonNull(window, "window").isPositive()) {
        throw new IllegalArgumentException("window must be positive, was " + window);
      }
      this.window = window;
      return this;
    }

    /** Sets the clock that coalescing reads. The default is that of the system. */
    public Builder<T> clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Keeps what could be redone as a branch when something else is executed, to be reached by {@link
     * History#goTo}. The default is to drop it.
     */
    public Builder<T> branching() {
      this.branching = true;
      return this;
    }

    /** Makes the history safe for use by several threads, which wait for each other's edits. */
    public Builder<T> locking() {
      this.locking = true;
      return this;
    }

    /** Returns a history with these settings and without entries. */
    public History<T> build() {
      return new History<>(this);
    }
  }
}
