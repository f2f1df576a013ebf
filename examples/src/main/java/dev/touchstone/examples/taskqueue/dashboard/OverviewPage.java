package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.admin.RecentFigures;
import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Sparkline;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** How the queue gets on. */
final class OverviewPage {

  private static final int MINUTES = 60;
  private static final int MOST_GROUPS = 6;

  private final QueueData data;
  private final List<QueueView> queues;
  private final List<WorkerView> workers;
  private final RecentFigures figures;

  OverviewPage(QueueData data) {
    this.data = data;
    queues = data.queues();
    workers = data.store().workers();
    figures = data.figures();
  }

  Answer answer() {
    return new Answer.Page(
        "Overview",
        Html.of(
            condition(),
            strip(),
            Panel.row(
                Panel.of(
                    Width.TWO_THIRDS,
                    "Done per minute",
                    Html.none(),
                    perMinute(figures, Measure.SUCCEEDED)),
                Panel.of(Width.THIRD, "Times of the last hour", Html.none(), times(figures)),
                Panel.of(
                    Width.TWO_THIRDS,
                    "Queues",
                    link("/queues", "All queues"),
                    QueuesPage.table(queues)),
                Panel.of(Width.THIRD, "Dead letters", link("/dead", "All dead letters"), dead()))));
  }

  private Html condition() {
    var findings = data.examination().findings();
    var head = tag("div").styled("head");
    if (findings.isEmpty()) {
      head.add(tag("span", "Nothing holds jobs up").styled("state good"));
    }
    findings.forEach(finding -> head.add(tag("span", finding).styled("warn")));
    return head;
  }

  private long sum(ToLongFunction<QueueView> count) {
    return queues.stream().mapToLong(count).sum();
  }

  private Html strip() {
    var oldest = queues.stream()
        .flatMap(queue -> queue.oldest().stream())
        .max(Comparator.<Duration>naturalOrder());
    var alive = workers.stream().filter(worker -> !worker.lease().isNegative()).count();
    var failed = figures.sum(Measure.FAILED) + figures.sum(Measure.BURIED);
    var ended = figures.sum(Measure.SUCCEEDED) + failed;
    return new Figures()
        .add(
            "Ready",
            Terms.counted(sum(QueueView::ready)),
            oldest.map(age -> "oldest waits " + Quantities.time(age)).orElse("none waits"))
        .add("Running", Terms.counted(sum(QueueView::running)), "right now")
        .add("Waiting for their time", Terms.counted(sum(QueueView::scheduled)), "with retries")
        .add("Dead letters", Terms.counted(sum(QueueView::dead)), "until somebody decides")
        .add(
            "Failed attempts",
            Quantities.share(failed, ended),
            Quantities.count(failed) + " of " + Quantities.count(ended) + " in the last hour")
        .add("Workers", Quantities.count(alive), "with a lease")
        .html();
  }

  /** Returns how often something happened in each minute of the last hour. */
  static Html perMinute(RecentFigures figures, Measure measure) {
    var values = figures.perMinute(measure, MINUTES);
    var most = values.stream().max(Long::compare).orElse(0L);
    var words = "last " + Quantities.count(values.getLast()) + ", most " + Quantities.count(most);
    return Html.of(
        Sparkline.of("Per minute: " + words, values),
        tag("div", tag("span", "60 minutes ago"), tag("span", words)).styled("axis"));
  }

  /** Returns how long jobs waited and ran. */
  static Html times(RecentFigures figures) {
    var table = new Table("Times of the last hour")
        .column("Time")
        .column("Half of them", Style.NUMBER)
        .column("99 %", Style.NUMBER);
    for (var measure : List.of(Measure.WAIT, Measure.RUN)) {
      table.row(
          Html.text(measure == Measure.WAIT ? "Due before they began" : "Ran"),
          Html.text(Terms.atMost(figures.quantile(measure, 0.5))),
          Html.text(Terms.atMost(figures.quantile(measure, 0.99))));
    }
    return table.orElse("");
  }

  private Html dead() {
    var table = new Table("The largest groups of dead letters")
        .column("Error", Style.ADDRESS)
        .column("Jobs", Style.NUMBER);
    data.dead().stream()
        .limit(MOST_GROUPS)
        .forEach(group -> table.row(
            DeadPages.link(group), Html.text(Quantities.count(group.letters().size()))));
    return table.orElse("None.");
  }
}
