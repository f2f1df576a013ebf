package dev.touchstone.patterns.state;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One object that goes through the states of a machine. Not safe for use by several threads.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 * @param <C> the type of the context
 * @see StateMachine#start
 */
public final class Instance<S, E, C> {

  /** Stands for an empty queue while a step is under way; never added to. */
  private static final ArrayDeque<?> NOTHING_QUEUED = new ArrayDeque<>(1);

  private Node<S, E, C> node;
  private final C context;
  private @Nullable ArrayDeque<E> queue; // null between steps

  Instance(Node<S, E, C> node, C context) {
    this.node = node;
    this.context = context;
  }

  /** Returns the present state; during a step, the one before it. */
  public S state() {
    return node.state();
  }

  /** Returns what the guards and actions work on. */
  public C context() {
    return context;
  }

  /**
   * Takes an event, and then those that actions have fired meanwhile. Called by an action, it only
   * keeps the event for later.
   *
   * @return the state after that; if called by an action, the one before the step
   * @throws EventRejectedException if the state does not take the event; it is the same then
   * @throws TransitionException if a guard or an action failed; the state is the same then
   */
  public S fire(E event) {
    requireNonNull(event, "event");
    if (queue != null) {
      keep(queue, event);
      return node.state();
    }
    queue = nothingQueued();
    try {
      step(event);
      while (queue != null && !queue.isEmpty()) {
        step(queue.removeFirst());
      }
    } finally {
      queue = null;
    }
    return node.state();
  }

  private void step(E event) {
    var step = node.choose(event, context);
    step.run(event, context);
    node = step.target();
  }

  @SuppressWarnings("ReferenceEquality") // the one stands for all that are empty
  private void keep(ArrayDeque<E> present, E event) {
    var kept = present == NOTHING_QUEUED ? new ArrayDeque<E>() : present;
    kept.addLast(event);
    queue = kept;
  }

  @SuppressWarnings("unchecked") // it never has an element
  private static <E> ArrayDeque<E> nothingQueued() {
    return (ArrayDeque<E>) NOTHING_QUEUED;
  }

  @Override
  public String toString() {
    return "Instance[" + node.state() + "]";
  }
}
