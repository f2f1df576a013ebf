package dev.touchstone.examples.web;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers the way people read them, the same in every country. */
public final class Quantities {

  private Quantities() {}

  /** Returns a count, such as {@code 12,345}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a count of things by their name, such as {@code 1 page} and {@code 2 pages}. */
  public static String count(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  /** Returns a size in decimal units, such as {@code 4.2 MB}. */
  public static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    var size = (double) bytes;
    var units = "kMGTPE";
    var unit = -1;
    do {
      size /= 1_000;
      unit++;
    } while (size >= 999.5 && unit + 1 < units.length());
    return decimal(size) + " " + units.charAt(unit) + "B";
  }

  /** Returns a number with one decimal if it is less than ten, such as {@code 4.2} or {@code 42}. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%,.0f", number);
  }

  /** Returns a share of a whole, such as {@code 42 %}; what is not all is never 100 %. */
  public static String share(long part, long whole) {
    if (whole == 0) {
      return "0 %";
    }
    var percent = Math.round(100.0 * part / whole);
    if (percent == 100 && part < whole) {
      return "> 99 %";
    }
    return percent == 0 && part > 0 ? "< 1 %" : percent + " %";
  }

  /** Returns a time in its largest units, such as {@code 250 ms}, {@code 4.2 s} or {@code 1 h 5 min}. */
  public static String time(Duration duration) {
    var millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return decimal(millis / 1e3) + " s";
    }
    var minutes = Math.round(millis / 60e3);
    if (minutes < 60) {
      return minutes + " min";
    }
    var hours = minutes / 60;
    if (hours < 48) {
      return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    return count(hours / 24) + " d";
  }
}
