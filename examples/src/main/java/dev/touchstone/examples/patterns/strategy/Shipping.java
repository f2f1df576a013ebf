package dev.touchstone.examples.patterns.strategy;

import java.util.function.LongUnaryOperator;

/** Strategies as constants of an enum, each with its function. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum Shipping {
  PICKUP(grams -> 0),
  POST(grams -> 300 + grams / 10),
  COURIER(grams -> 900);

  private final LongUnaryOperator cents;

  Shipping(LongUnaryOperator cents) {
    this.cents = cents;
  }

  long price(long grams) {
    return cents.applyAsLong(grams);
  }
}
