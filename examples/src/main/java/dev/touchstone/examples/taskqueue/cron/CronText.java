package dev.touchstone.examples.taskqueue.cron;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in words what the five fields of a cron expression mean. */
final class CronText {

  private static final List<String> DAYS = List.of(
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final List<String> MONTHS = List.of(
      "",
      "January",
      "February",
      "March",
      "April",
      "May",
      "June",
      "July",
      "August",
      "September",
      "October",
      "November",
      "December");

  private CronText() {}

  static String of(String[] fields) {
    var text = new StringBuilder(time(fields[0], fields[1]));
    var isDay = !fields[2].startsWith("*");
    var isWeekday = !fields[4].startsWith("*");
    if (isDay) {
      text.append(" on day ").append(values(fields[2], List.of())).append(" of the month");
    } else if (!fields[2].equals("*")) {
      text.append(" on every ").append(step(fields[2])).append(". day of the month");
    }
    if (isWeekday) {
      text.append(isDay ? " or on " : " on ").append(values(fields[4], DAYS));
    }
    if (!fields[3].equals("*")) {
      text.append(" in ").append(values(fields[3], MONTHS));
    }
    return text.toString();
  }

  private static String time(String minute, String hour) {
    if (isNumbers(minute) && isNumbers(hour)) {
      return "at "
          + Arrays.stream(hour.split(",", -1))
              .flatMap(h -> Arrays.stream(minute.split(",", -1))
                  .map(m -> "%02d:%02d".formatted(Integer.parseInt(h), Integer.parseInt(m))))
              .collect(Collectors.joining(", "));
    }
    var hours = hour.equals("*")
        ? ""
        : isStep(hour)
            ? " of every " + step(hour) + ". hour"
            : " of the hours " + values(hour, List.of());
    if (minute.equals("*")) {
      return "every minute" + hours;
    }
    if (isStep(minute)) {
      return "every " + step(minute) + " minutes" + hours;
    }
    return "at minute " + values(minute, List.of()) + (hours.isEmpty() ? " of every hour" : hours);
  }

  private static boolean isNumbers(String field) {
    return field.matches("\\d+(,\\d+)*");
  }

  private static boolean isStep(String field) {
    return field.matches("\\*/\\d+");
  }

  private static String step(String field) {
    return field.substring(field.indexOf('/') + 1);
  }

  private static String values(String field, List<String> names) {
    if (isStep(field)) {
      return "every " + step(field) + ".";
    }
    return Arrays.stream(field.split(",", -1))
        .map(part -> Arrays.stream(part.split("-", -1))
            .map(value -> name(value, names))
            .collect(Collectors.joining(" to ")))
        .collect(Collectors.joining(", "));
  }

  private static String name(String value, List<String> names) {
    if (value.matches("\\d+") && Integer.parseInt(value) < names.size()) {
      return names.get(Integer.parseInt(value));
    }
    return names.stream()
        .filter(name -> value.length() == 3
            && name.toUpperCase(Locale.ROOT).startsWith(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(value);
  }
}
