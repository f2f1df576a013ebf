package dev.touchstone.patterns.observe;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Who listens to what on an {@link EventBus}, at one moment. Holds names only, no classes.
 *
 * @param root the name of the root type of the bus
 * @param listeners the listeners, in the order in which an event that concerns all would reach them
 */
public record Topology(String root, List<Entry> listeners) {

  /** Copies the list. */
  public Topology {
    listeners = List.copyOf(listeners);
  }

  /** Returns one line for the bus and one for each listener. */
  @Override
  public String toString() {
    return listeners.stream()
        .map(entry -> "\n  " + entry)
        .collect(joining("", "EventBus of " + root, ""));
  }

  /**
   * One listener.
   *
   * @param type the name of the type of events it registered for
   * @param listener its name: the one it was given, or the class it was written in
   * @param priority its priority, 0 by default
   * @param delivery how it is called
   */
  public record Entry(String type, String listener, int priority, Delivery delivery) {

    @Override
    public String toString() {
      return type + " -> " + listener + (priority == 0 ? "" : ", priority " + priority) + delivery;
    }
  }

  /** How a listener is called. */
  public sealed interface Delivery {

    /** On the posting thread. */
    record Direct() implements Delivery {

      @Override
      public String toString() {
        return "";
      }
    }

    /** By an executor, each event on its own. */
    record Executor() implements Delivery {

      @Override
      public String toString() {
        return ", by an executor";
      }
    }

    /**
     * By an executor, one event after the other.
     *
     * @param waiting how many events wait now
     * @param capacity how many may wait
     * @param dropped how many were dropped so far because the lane was full or were replaced by a
     *     later one
     */
    record Lane(int waiting, int capacity, long dropped) implements Delivery {

      @Override
      public String toString() {
        return ", in a lane with " + waiting + " of " + capacity + " waiting, " + dropped
            + " dropped";
      }
    }
  }
}
