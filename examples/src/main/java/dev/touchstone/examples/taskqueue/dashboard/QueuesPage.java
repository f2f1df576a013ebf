package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.store.Measure;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The queues, and what holds the jobs of one back. */
final class QueuesPage {

  private final QueueData data;

  QueuesPage(QueueData data) {
    this.data = data;
  }

  Answer list() {
    return new Answer.Page("Queues", Panel.of("By name", table(data.queues())));
  }

  static Html table(List<QueueView> queues) {
    var table = new Table("Queues")
        .column("Queue", Style.NOWRAP)
        .column("Ready", Style.NUMBER)
        .column("Oldest", Style.NUMBER)
        .column("Running", Style.NUMBER)
        .column("Scheduled", Style.NUMBER, Style.WIDE)
        .column("Dead", Style.NUMBER, Style.WIDE)
        .column("Limits", Style.WIDE);
    for (var queue : queues) {
      table.row(
          Terms.queue(queue.name()),
          Html.text(Terms.counted(queue.ready())),
          Html.text(Terms.time(queue.oldest())),
          Html.text(Terms.counted(queue.running())),
          Html.text(Terms.counted(queue.scheduled())),
          Html.text(Terms.counted(queue.dead())),
          queue.limits().isPaused()
              ? tag("span", "Paused").styled("state warn")
              : Html.text(Terms.limits(queue.limits())));
    }
    return table.orElse("None: nothing waits, and nothing ever failed.");
  }

  Answer show(WebRequest request) {
    var name = request.parameter("name").orElse("");
    var figures = data.figures().of(name);
    var limits = data.store().limits(name);
    var state = limits.isPaused()
        ? tag("span", "Paused").styled("state warn")
        : tag("span", "Open").styled("state good");
    return new Answer.Page(
        "Queue " + name,
        Html.of(
            tag(
                    "div",
                    state,
                    link("/jobs?q=" + Terms.encoded("queue:\"" + name + "\""), "Its jobs"))
                .styled("head"),
            strip(name),
            Panel.row(
                Panel.of(
                    Width.TWO_THIRDS,
                    "Done per minute",
                    Html.none(),
                    OverviewPage.perMinute(figures, Measure.SUCCEEDED)),
                Panel.of(
                    Width.THIRD,
                    "Times of the last hour",
                    Html.none(),
                    OverviewPage.times(figures)),
                Panel.of("Limits, for all workers", forms(request, name, limits)))));
  }

  private Html strip(String name) {
    var view = data.queues().stream().filter(queue -> queue.name().equals(name)).findFirst();
    var figures = new Figures();
    view.ifPresent(queue -> figures
        .add(
            "Ready",
            Terms.counted(queue.ready()),
            queue.oldest().map(age -> "oldest waits " + Quantities.time(age)).orElse("none waits"))
        .add("Running", Terms.counted(queue.running()))
        .add("Waiting for their time", Terms.counted(queue.scheduled()), "with retries")
        .add("Dead letters", Terms.counted(queue.dead())));
    return view.isPresent() ? figures.html() : tag("p", "No job of this queue waits or failed.");
  }

  private static Html forms(WebRequest request, String name, QueueLimits limits) {
    var change = form(request, name, "limit")
        .add(field(
            "max",
            "At a time",
            limits.maxRunning().isPresent()
                ? Integer.toString(limits.maxRunning().getAsInt())
                : ""))
        .add(field(
            "rate",
            "A second",
            limits.rate().map(rate -> Double.toString(rate.perSecond())).orElse("")))
        .add(field(
            "burst",
            "Burst",
            limits.rate().map(rate -> Integer.toString(rate.burst())).orElse("")))
        .add(Terms.button("Set limits"));
    var pause = limits.isPaused()
        ? form(request, name, "resume").add(Terms.button("Resume"))
        : form(request, name, "pause").add(Terms.button("Pause the queue"));
    return Html.of(
        tag("p", "An empty field does not limit. A paused queue lets no job start."),
        change,
        pause);
  }

  private static Element form(WebRequest request, String name, String change) {
    return request
        .form("/queues/one")
        .styled("actions")
        .add(Terms.hidden("name", name))
        .add(Terms.hidden("change", change));
  }

  private static Html field(String name, String label, String value) {
    return tag("label", label)
        .add(Html.text(" "))
        .add(tag("input")
            .with("name", name)
            .with("value", value)
            .with("size", 6)
            .with("inputmode", "decimal")
            .with("autocomplete", "off"));
  }

  Answer change(WebRequest request) {
    var name = request.field("name").orElse("");
    if (name.isEmpty()) {
      return new Answer.Problem(400, "The form must have the field name: which queue?");
    }
    var limits = data.store().limits(name);
    try {
      data.store()
          .limit(
              name,
              switch (request.field("change").orElse("")) {
                case "pause" -> limits.paused();
                case "resume" -> limits.resumed();
                default -> limited(request, limits);
              });
    } catch (IllegalArgumentException e) { // also how Java tells that a text is no number
      return new Answer.Problem(400, "These limits are not possible: " + e.getMessage());
    }
    return new Answer.SeeOther("/queues/one?name=" + Terms.encoded(name));
  }

  private static QueueLimits limited(WebRequest request, QueueLimits before) {
    var most = request.field("max").map(Integer::parseInt);
    var burst = request.field("burst").map(Integer::parseInt).orElse(1);
    Optional<Rate> rate =
        request.field("rate").map(text -> new Rate(Double.parseDouble(text), burst));
    return new QueueLimits(
        before.isPaused(),
        most.isPresent() ? OptionalInt.of(most.get()) : OptionalInt.empty(),
        rate);
  }
}
