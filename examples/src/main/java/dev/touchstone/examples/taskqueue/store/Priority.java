package dev.touchstone.examples.taskqueue.store;

import java.util.Arrays;

/** The bands of a queue. A busy worker takes from them by weight, so that none waits for ever. */
public enum Priority {
  /** Eight places of fifteen. */
  HIGH(0, 8),
  /** Four of fifteen. The default. */
  NORMAL(1, 4),
  /** Two of fifteen. */
  LOW(2, 2),
  /** One of fifteen, for what may take its time. */
  BULK(3, 1);

  private final int code;
  private final int weight;

  Priority(int code, int weight) {
    this.code = code;
    this.weight = weight;
  }

  /** Returns the priority that is stored as this number. */
  public static Priority of(int code) {
    return Arrays.stream(values())
        .filter(priority -> priority.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no priority " + code));
  }

  /** Returns the number that it is stored as. */
  public int code() {
    return code;
  }

  /** Returns how many places of fifteen the band has while all bands have jobs. */
  public int weight() {
    return weight;
  }
}
