package dev.touchstone.examples.taskqueue.cron;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a cron expression fires in a time zone. Immutable.
 *
 * <p>The fields are minute, hour, day of the month, month and day of the week (0 or 7 is Sunday); names of
 * months and days have three letters; {@code @hourly}, {@code @daily}, {@code @weekly}, {@code
 * @monthly} and {@code @yearly} are short forms. When both day fields restrict, a day needs to fit one
 * of them only.
 *
 * <p>Where clocks are changed, an expression of fixed times (neither minute nor hour begins with a
 * star) fires once for each of its times: one that the change leaves out fires at the first moment
 * after it, one that comes twice fires the first time. Any other expression is about intervals and
 * fires whenever the clock on the wall fits, in real time.
 *
 * <p><b>Source:</b> the rule for fixed and wildcard jobs of P. Vixie's cron, in its manual page
 * {@code cron(8)}.
 */
public final class CronSchedule {

  private static final int YEARS = 5;

  private static final CronField.Kind MINUTE = new CronField.Kind("minute", 0, 59, List.of());
  private static final CronField.Kind HOUR = new CronField.Kind("hour", 0, 23, List.of());
  private static final CronField.Kind DAY =
      new CronField.Kind("day of the month", 1, 31, List.of());
  private static final CronField.Kind MONTH = new CronField.Kind(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
  private static final CronField.Kind WEEKDAY = new CronField.Kind(
      "day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private static final Map<String, String> SHORT_FORMS = Map.of(
      "@hourly", "0 * * * *",
      "@daily", "0 0 * * *",
      "@weekly", "0 0 * * 0",
      "@monthly", "0 0 1 * *",
      "@yearly", "0 0 1 1 *");

  private final String text;
  private final ZoneId zone;
  private final String words;
  private final CronField minute;
  private final CronField hour;
  private final CronField day;
  private final CronField month;
  private final CronField weekday;

  private CronSchedule(String text, ZoneId zone, String[] fields) {
    this.text = text;
    this.zone = zone;
    minute = MINUTE.parse(fields[0]);
    hour = HOUR.parse(fields[1]);
    day = DAY.parse(fields[2]);
    month = MONTH.parse(fields[3]);
    weekday = WEEKDAY.parse(fields[4]);
    words = CronText.of(fields); // which are known to be right by now
  }

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong
   */
  public static CronSchedule parse(String text, ZoneId zone) {
    requireNonNull(zone, "zone");
    var fields = SHORT_FORMS.getOrDefault(text.strip(), text.strip()).split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "a cron expression has 5 fields (minute, hour, day of the month, month, day of the week), such as '0 3 * * MON', or is one of %s; was '%s'"
              .formatted(new TreeSet<>(SHORT_FORMS.keySet()), text));
    }
    return new CronSchedule(text.strip(), zone, fields);
  }

  /**
   * Parses what {@link #toString} returned.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static CronSchedule parsePlan(String plan) {
    var blank = plan.lastIndexOf(' ');
    try {
      return parse(plan.substring(0, Math.max(0, blank)), ZoneId.of(plan.substring(blank + 1)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a plan is an expression and a time zone, such as '0 3 * * * Europe/Berlin', was '" + plan
              + "'",
          e);
    }
  }

  /** Returns the time zone. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns in words when it fires, such as {@code at 08:00 on Monday to Friday}. */
  public String words() {
    return words;
  }

  /**
   * Returns the first moment after the given one at which it fires.
   *
   * @return empty if that is not within five years: there is no 30th of February
   */
  public Optional<Instant> next(Instant after) {
    var first =
        after.atZone(zone).toLocalDate().minusDays(1); // a gap may have moved its times here
    for (var date = first; date.isBefore(first.plusYears(YEARS)); date = date.plusDays(1)) {
      if (fits(date)) {
        var next = moments(date).higher(after);
        if (next != null) {
          return Optional.of(next);
        }
      }
    }
    return Optional.empty();
  }

  private boolean fits(LocalDate date) {
    if (!month.allows(date.getMonthValue())) {
      return false;
    }
    var number = date.getDayOfWeek().getValue();
    var isDay = day.allows(date.getDayOfMonth());
    var isWeekday = weekday.allows(number) || (number == 7 && weekday.allows(0));
    if (day.isWild() || weekday.isWild()) {
      return isDay && isWeekday;
    }
    return isDay || isWeekday;
  }

  private NavigableSet<Instant> moments(LocalDate date) {
    var rules = zone.getRules();
    var moments = new TreeSet<Instant>();
    for (int h = 0; h < 24; h++) {
      for (int m = 0; hour.allows(h) && m < 60; m++) {
        if (minute.allows(m)) {
          moments.addAll(moments(date.atTime(LocalTime.of(h, m)), rules));
        }
      }
    }
    return moments;
  }

  private List<Instant> moments(LocalDateTime time, ZoneRules rules) {
    var offsets = rules.getValidOffsets(time);
    if (!isFixed()) {
      return offsets.stream().map(time::toInstant).toList();
    }
    return offsets.isEmpty()
        ? List.of(rules.getTransition(time).getInstant())
        : List.of(time.toInstant(offsets.getFirst())); // the earlier moment comes first
  }

  private boolean isFixed() {
    return !minute.isWild() && !hour.isWild();
  }

  /** Returns the expression and the zone, such as {@code 0 3 * * * Europe/Berlin}. */
  @Override
  public String toString() {
    return text + " " + zone;
  }
}
