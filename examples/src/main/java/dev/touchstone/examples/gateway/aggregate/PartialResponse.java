package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The field that tells clients which parts of an answer are not what was asked for, as in {@code
 * Partial-Response: orders;stale;reason="there was no answer in time"}: a list of tokens with parameters.
 *
 * <p><b>Source:</b> RFC 9651, Structured Field Values, sections 3.1 and 3.1.2.
 */
final class PartialResponse {

  static final String FIELD = "Partial-Response";

  private PartialResponse() {}

  /** Returns the value of the field; empty if all parts are complete. */
  static Optional<String> of(List<Part> parts) {
    var value = parts.stream()
        .filter(part -> part.outcome() != Outcome.COMPLETE)
        .map(PartialResponse::member)
        .collect(Collectors.joining(", "));
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  private static String member(Part part) {
    var outcome = part.outcome().name().toLowerCase(Locale.ROOT);
    var reason =
        part.reason().map(text -> ";reason=\"" + printable(text) + "\"").orElse("");
    return part.name() + ";" + outcome + reason;
  }

  /* A string of structured fields is ASCII, with a backslash before quotes and backslashes. */
  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?").replaceAll("[\"\\\\]", "\\\\$0");
  }
}
