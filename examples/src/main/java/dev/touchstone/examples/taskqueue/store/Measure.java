package dev.touchstone.examples.taskqueue.store;

import java.util.Arrays;

/** What workers count. */
public enum Measure {
  /** Attempts that were begun. */
  STARTED(0),
  /** Jobs that were done. */
  SUCCEEDED(1),
  /** Attempts that failed and will be repeated. */
  FAILED(2),
  /** Jobs that were given up or cancelled while they ran. */
  BURIED(3),
  /** How long jobs were due before they began. */
  WAIT(4),
  /** How long handlers ran that succeeded. */
  RUN(5);

  private final int code;

  Measure(int code) {
    this.code = code;
  }

  /** Returns the measure that is stored as this number. */
  public static Measure of(int code) {
    return Arrays.stream(values())
        .filter(measure -> measure.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no measure " + code));
  }

  /** Returns the number that it is stored as. */
  public int code() {
    return code;
  }
}
