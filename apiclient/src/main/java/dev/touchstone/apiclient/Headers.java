package dev.touchstone.apiclient;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message, in order; names are compared without regard to case.
 *
 * <p>Instances are immutable and safe for use by several threads. {@link #toString} shows names
 * only: values may be secret.
 */
public final class Headers {

  private final okhttp3.Headers fields;

  private Headers(okhttp3.Headers fields) {
    this.fields = fields;
  }

  /**
   * Returns headers of the given names and values.
   *
   * @param namesAndValues names at even, values at odd positions
   * @throws IllegalArgumentException if a value is missing, or a character is not allowed
   */
  public static Headers of(String... namesAndValues) {
    for (var i = 0; i + 1 < namesAndValues.length; i += 2) {
      checkValue(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Headers(okhttp3.Headers.of(namesAndValues));
  }

  /**
   * Checks the value of a field. OkHttp does it too, but shows the value in its message, and that may
   * be a secret.
   *
   * @throws IllegalArgumentException if a character is not allowed
   */
  static void checkValue(String name, String value) {
    requireNonNull(value, "value");
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        throw new IllegalArgumentException(String.format(
            "the value of header %s must be ASCII without control characters, but has U+%04X at"
                + " index %d; encode it, or strip it if it comes from a file",
            name, (int) c, i));
      }
    }
  }

  static Headers of(okhttp3.Headers fields) {
    return new Headers(fields);
  }

  /** Returns the value of the first field of that name; empty if there is none. */
  public Optional<String> first(String name) {
    requireNonNull(name, "name");
    // okhttp3.Headers.get returns the last field, but the first is the one that proxies honour.
    for (var i = 0; i < fields.size(); i++) {
      if (fields.name(i).equalsIgnoreCase(name)) {
        return Optional.of(fields.value(i));
      }
    }
    return Optional.empty();
  }

  /** Returns the values of all fields of that name, in order; empty if there is none. */
  public List<String> all(String name) {
    return fields.values(requireNonNull(name, "name"));
  }

  /** Returns the names, without duplicates, in alphabetical order. */
  public Set<String> names() {
    return fields.names();
  }

  /** Hands over all fields, in order. */
  public void forEach(BiConsumer<? super String, ? super String> action) {
    for (var i = 0; i < fields.size(); i++) {
      action.accept(fields.name(i), fields.value(i));
    }
  }

  okhttp3.Headers fields() {
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** Returns the names of the fields, without their values. */
  @Override
  public String toString() {
    return "Headers" + fields.names();
  }
}
