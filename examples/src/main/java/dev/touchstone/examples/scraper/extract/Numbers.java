package dev.touchstone.examples.scraper.extract;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds numbers in texts, whatever separates their digits. */
final class Numbers {

  /*
   * Which mark is the decimal one? If both are there, the last. If one is there several times, none:
   * it separates thousands. If it is there once: a comma before exactly three digits separates
   * thousands, because prices with three decimals are rare and "1,234" is not; a point is decimal.
   */

  private static final Pattern NUMBER =
      Pattern.compile("[-\u2212+]?\\d{1,40}(?:[.,'\u2019\u00a0\u202f ]\\d{1,40})*");
  private static final Pattern GROUPING = Pattern.compile("['\u2019\u00a0\u202f ]");
  private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3},\\d{3}");

  /** What is longer is no number that anybody reads, and would take long to compute. */
  private static final int LONGEST = 100;

  private Numbers() {}

  static Optional<BigDecimal> find(String text) {
    var match = NUMBER.matcher(text);
    if (!match.find() || match.end() - match.start() > LONGEST) {
      return Optional.empty();
    }
    var digits = GROUPING.matcher(match.group()).replaceAll("").replace('\u2212', '-');
    return Optional.of(new BigDecimal(withPoint(digits)));
  }

  private static String withPoint(String digits) {
    var comma = digits.lastIndexOf(',');
    var point = digits.lastIndexOf('.');
    if (comma >= 0 && point >= 0) {
      return comma > point ? digits.replace(".", "").replace(',', '.') : digits.replace(",", "");
    }
    if (comma >= 0) {
      var isGrouped = digits.indexOf(',') != comma || THOUSANDS.matcher(digits).matches();
      return digits.replace(",", isGrouped ? "" : ".");
    }
    return digits.indexOf('.') != point ? digits.replace(".", "") : digits;
  }

  static Optional<Object> whole(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
