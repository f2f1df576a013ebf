package dev.touchstone.examples.scraper.extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads dates. Such as 3/4/2026 are not among the common ones: half the world reads them otherwise. */
final class Dates {

  private static final List<DateTimeFormatter> COMMON = Stream.concat(
          Stream.of(
              DateTimeFormatter.ISO_OFFSET_DATE_TIME,
              DateTimeFormatter.ISO_LOCAL_DATE_TIME,
              DateTimeFormatter.ISO_LOCAL_DATE,
              DateTimeFormatter.RFC_1123_DATE_TIME),
          Stream.of("d MMMM uuuu", "d MMM uuuu", "MMMM d, uuuu", "MMM d, uuuu", "uuuu/M/d")
              .map(Dates::format))
      .toList();

  private Dates() {}

  /**
   * Returns a format.
   *
   * @throws IllegalArgumentException if the pattern is none
   */
  static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }

  static Optional<Object> find(String text) {
    return COMMON.stream().flatMap(format -> find(text, format).stream()).findFirst();
  }

  /** Returns the date or the date and time in ISO 8601. */
  static Optional<Object> find(String text, DateTimeFormatter format) {
    try {
      var any = new TemporalQuery<?>[] {
        ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from
      };
      return Optional.of(isoOf(format.parseBest(text.strip(), any)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String isoOf(TemporalAccessor date) {
    return date instanceof ZonedDateTime zoned
        ? zoned.toOffsetDateTime().toString()
        : date.toString();
  }
}
