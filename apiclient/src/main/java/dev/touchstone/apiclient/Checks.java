package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The checks that several builders make. */
final class Checks {

  private Checks() {}

  static Duration positive(Duration value, String name) {
    requireNonNull(value, name);
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
    return value;
  }

  static long atLeastOne(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
    return value;
  }
}
