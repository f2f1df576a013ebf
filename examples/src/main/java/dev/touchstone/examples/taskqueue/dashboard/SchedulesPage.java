package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.cron.CronSchedule;
import dev.touchstone.examples.taskqueue.store.ScheduleView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The schedules: in words, and when they fire. */
final class SchedulesPage {

  private static final int FIRES = 5;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);

  private final QueueData data;

  SchedulesPage(QueueData data) {
    this.data = data;
  }

  Answer answer() {
    var now = data.store().now();
    var table = new Table("Schedules, by name")
        .column("Schedule", Style.NOWRAP)
        .column("When", Style.ADDRESS)
        .column("Expression", Style.NOWRAP, Style.WIDE)
        .column("Next", Style.NOWRAP)
        .column("Times", Style.NOWRAP, Style.WIDE);
    for (var schedule : data.store().schedules()) {
      var cron = CronSchedule.parsePlan(schedule.plan());
      table.row(
          Html.text(schedule.id()),
          Html.text(cron.words() + ", " + cron.zone()),
          tag("span", schedule.plan()).styled("code"),
          schedule.next().<Html>map(next -> Terms.when(next, now)).orElse(Html.text("never again")),
          fires(cron, schedule, now));
    }
    return new Answer.Page(
        "Schedules",
        Html.of(
            tag(
                "p",
                "What a schedule enqueues is known to the workers that have it, and they fire it: once for"
                    + " each moment, however many they are."),
            Panel.of("By name", table.orElse("None."))));
  }

  /* The store knows the next one; those after it follow from the expression. */
  private static Html fires(CronSchedule cron, ScheduleView schedule, Instant now) {
    var list = tag("ul").styled("plain");
    var next = schedule.next().or(() -> cron.next(now));
    for (int i = 0; i < FIRES && next.isPresent(); i++) {
      list.add(tag("li", MOMENT.format(next.get().atZone(cron.zone()))));
      Optional<Instant> after = next.flatMap(cron::next);
      next = after;
    }
    return list;
  }
}
