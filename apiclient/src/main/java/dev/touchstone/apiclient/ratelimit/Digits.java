package dev.touchstone.apiclient.ratelimit;

import java.util.Optional;
import java.util.OptionalLong;

/** Parses digits, and nothing else: no sign, no fraction, no more of them than fit. */
final class Digits {

  private static final int MOST = 15;

  private Digits() {}

  static OptionalLong parse(Optional<String> text) {
    var digits = text.map(String::strip).orElse("");
    if (digits.isEmpty()
        || digits.length() > MOST
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(digits));
  }
}
