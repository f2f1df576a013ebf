package dev.touchstone.apiclient.auth;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the suppliers of secrets, which are the caller's and may have none. */
final class Supplied {

  private Supplied() {}

  /**
   * Returns what a supplier has, which may be empty.
   *
   * @param what names it in the message
   * @throws IllegalStateException if it has nothing
   */
  static String by(Supplier<String> supplier, String what) {
    @Nullable String secret = supplier.get();
    if (secret == null) {
      throw new IllegalStateException(
          "the supplier of the " + what + " must return one, but returned null");
    }
    return secret;
  }

  /**
   * Returns what a supplier has.
   *
   * @param what names it in the message
   * @throws IllegalStateException if it has nothing, or something blank
   */
  static String notBlankBy(Supplier<String> supplier, String what) {
    var secret = by(supplier, what);
    if (secret.isBlank()) {
      throw new IllegalStateException(
          "the supplier of the " + what + " must return one, but returned a blank string");
    }
    return secret;
  }
}
