package dev.touchstone.examples.patterns.singleton;

import java.util.Map;

/** A table that is made at its first use, by the guarantees of class initialization. */
final class Symbols {

  private Symbols() {}

  private static final class Holder {
    static final Map<String, String> TABLE = Map.of("EUR", "€", "GBP", "£");
  }

  static String of(String currency) {
    return Holder.TABLE.getOrDefault(currency, currency);
  }
}
