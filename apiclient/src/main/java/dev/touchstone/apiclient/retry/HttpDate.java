package dev.touchstone.apiclient.retry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the three forms of a date in HTTP.
 *
 * <p><b>Source:</b> RFC 9110 section 5.6.7, with its rule that a two-digit year more than 50 years
 * ahead is in the past.
 */
public final class HttpDate {

  private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
  private static final Pattern IMF_FIXDATE =
      Pattern.compile("[A-Za-z]{3}, (\\d\\d) ([A-Za-z]{3}) (\\d{4}) " + TIME + " GMT");
  private static final Pattern RFC_850 =
      Pattern.compile("[A-Za-z]{6,9}, (\\d\\d)-([A-Za-z]{3})-(\\d\\d) " + TIME + " GMT");
  private static final Pattern ASCTIME =
      Pattern.compile("[A-Za-z]{3} ([A-Za-z]{3}) ([ \\d]\\d) " + TIME + " (\\d{4})");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private HttpDate() {}

  /**
   * Returns the date; empty if the text is none.
   *
   * @param now decides the century of a year with two digits
   */
  public static Optional<Instant> parse(String text, Instant now) {
    var thisYear = now.atOffset(ZoneOffset.UTC).getYear();
    var date = text.strip();
    if (date.length() > 40) {
      return Optional.empty();
    }
    try {
      return parseOrThrow(date, thisYear);
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseOrThrow(String date, int thisYear) {
    var imf = IMF_FIXDATE.matcher(date);
    if (imf.matches()) {
      return instant(number(imf, 3), imf.group(2), number(imf, 1), imf, 4);
    }
    var rfc850 = RFC_850.matcher(date);
    if (rfc850.matches()) {
      var year = fullYear(number(rfc850, 3), thisYear);
      return instant(year, rfc850.group(2), number(rfc850, 1), rfc850, 4);
    }
    var asctime = ASCTIME.matcher(date);
    return asctime.matches()
        ? instant(number(asctime, 6), asctime.group(1), number(asctime, 2), asctime, 3)
        : Optional.empty();
  }

  private static Optional<Instant> instant(
      int year, String monthName, int day, Matcher groups, int time) {
    var month = MONTHS.indexOf(monthName.toLowerCase(Locale.ROOT)) + 1;
    if (month == 0) {
      return Optional.empty();
    }
    // The RFC allows second 60, for leap seconds; java.time does not know it.
    var second = number(groups, time + 2);
    if (second > 60) {
      return Optional.empty();
    }
    var minute = LocalDateTime.of(year, month, day, number(groups, time), number(groups, time + 1));
    return Optional.of(minute.plusSeconds(second).toInstant(ZoneOffset.UTC));
  }

  private static int fullYear(int twoDigits, int thisYear) {
    var year = thisYear - Math.floorMod(thisYear, 100) + twoDigits;
    return year > thisYear + 50 ? year - 100 : year;
  }

  private static int number(Matcher groups, int group) {
    return Integer.parseInt(groups.group(group).strip());
  }
}
