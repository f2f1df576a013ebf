package dev.touchstone.examples.taskqueue.cron;

import java.util.List;
import java.util.Locale;

/**
 * One field of a cron expression: the values that it allows.
 *
 * @param values a bit for each value
 * @param isWild whether it begins with a star, as cron calls a field that does not restrict
 */
record CronField(long values, boolean isWild) {

  /**
   * What may stand in a field.
   *
   * @param name of the field in messages
   * @param min the smallest value
   * @param max the largest value
   * @param names of the values from the smallest on, if they have some
   */
  record Kind(String name, int min, int max, List<String> names) {

    CronField parse(String text) {
      long values = 0;
      for (var part : text.split(",", -1)) {
        values |= parsePart(part);
      }
      return new CronField(values, text.startsWith("*"));
    }

    private long parsePart(String part) {
      var slash = part.indexOf('/');
      var range = slash < 0 ? part : part.substring(0, slash);
      var step = slash < 0 ? 1 : step(part.substring(slash + 1));
      int from;
      int to;
      var dash = range.indexOf('-');
      if (range.equals("*")) {
        from = min;
        to = max;
      } else if (dash > 0) {
        from = value(range.substring(0, dash));
        to = value(range.substring(dash + 1));
      } else {
        from = value(range);
        to = slash < 0 ? from : max;
      }
      if (from > to) {
        throw new IllegalArgumentException(
            "%s '%s' goes backwards: write two ranges with a comma".formatted(name, part));
      }
      long values = 0;
      for (int value = from; value <= to; value += step) {
        values |= 1L << value;
      }
      return values;
    }

    private int step(String text) {
      var step = number(text);
      var most = max - min + 1;
      if (step < 1 || step > most) {
        throw new IllegalArgumentException(
            "the step of %s must be from 1 to %d, was '%s'".formatted(name, most, text));
      }
      return step;
    }

    private int value(String text) {
      var named = names.indexOf(text.toUpperCase(Locale.ROOT));
      var value = named >= 0 ? min + named : number(text);
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            "%s must be from %d to %d, was '%s'".formatted(name, min, max, text));
      }
      return value;
    }

    private int number(String text) {
      try {
        return Integer.parseUnsignedInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s must be made of numbers, names, and the signs * , - and /, was '%s'"
                .formatted(name, text),
            e);
      }
    }
  }

  boolean allows(int value) {
    return ((values >> value) & 1) != 0;
  }
}
