package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.admin.BulkAction;
import dev.touchstone.examples.taskqueue.admin.DeadGroup;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.util.List;
import java.util.Optional;

/** Dead letters in groups: those of one kind that went wrong in the same way. */
final class DeadPages {

  private static final int SAMPLE = 20;

  private final QueueData data;

  DeadPages(QueueData data) {
    this.data = data;
  }

  /** Returns a link to a group. */
  static Html link(DeadGroup group) {
    return Html.link(
        "/dead/group?kind=" + Terms.encoded(group.kind()) + "&error="
            + Terms.encoded(group.fingerprint()),
        group.fingerprint().isEmpty() ? "(no error)" : group.fingerprint());
  }

  Answer list() {
    var now = data.store().now();
    var table = new Table("Groups of dead letters, the largest first")
        .column("Error", Style.ADDRESS)
        .column("Kind", Style.NOWRAP)
        .column("Jobs", Style.NUMBER)
        .column("First", Style.NOWRAP, Style.WIDE)
        .column("Last", Style.NOWRAP, Style.WIDE)
        .column("Such as", Style.NUMBER, Style.WIDE);
    var groups = data.dead();
    for (var group : groups) {
      table.row(
          link(group),
          Html.text(group.kind()),
          Html.text(Quantities.count(group.letters().size())),
          Terms.when(group.firstAt(), now),
          Terms.when(group.lastAt(), now),
          Terms.job(group.newest()));
    }
    var seen = groups.stream().mapToInt(group -> group.letters().size()).sum();
    return new Answer.Page(
        "Dead letters",
        Html.of(
            seen < DeadGroup.LOOKED_AT
                ? Html.none()
                : tag("p", "These are the newest " + Quantities.count(seen) + "; there are more."),
            Panel.of("By error", table.orElse("None."))));
  }

  Answer show(WebRequest request) {
    return find(request.parameter("kind"), request.parameter("error"), Long.MAX_VALUE)
        .map(group -> show(request, group))
        .orElseGet(() -> new Answer.Page(
            "Dead letters", tag("p", "There are no dead letters of this group any more.")));
  }

  private Optional<DeadGroup> find(
      Optional<String> kind, Optional<String> fingerprint, long newest) {
    return DeadGroup.find(data.store(), kind.orElse(""), fingerprint.orElse(""), newest);
  }

  private Answer show(WebRequest request, DeadGroup group) {
    var sample = group.ids().subList(0, Math.min(SAMPLE, group.ids().size()));
    var jobs = data.store().jobs(JobFilter.deadLetters().only(sample), SAMPLE);
    var count = Quantities.count(group.letters().size(), "job", "jobs");
    return new Answer.Page(
        "Dead letters",
        Html.of(
            tag("p", group.fingerprint()).styled("code"),
            tag(
                "p",
                count + " of the kind " + group.kind()
                    + ". Redriven they become new jobs with all their attempts before them; the queue's rate"
                    + " is their pace. Discarded they are forgotten."),
            tag(
                    "div",
                    form(request, group, BulkAction.REDRIVE, "Redrive " + count),
                    form(request, group, BulkAction.DISCARD, "Discard " + count))
                .styled("actions"),
            Panel.of(
                group.letters().size() > SAMPLE ? "The newest " + SAMPLE : "All of them",
                JobsPage.table(jobs, data.store().now()).orElse("None."))));
  }

  private static Html form(WebRequest request, DeadGroup group, BulkAction action, String label) {
    return request
        .form("/dead/group")
        .add(Terms.hidden("kind", group.kind()))
        .add(Terms.hidden("error", group.fingerprint()))
        .add(Terms.hidden("newest", Long.toString(group.newest())))
        .add(Terms.hidden("action", action.name()))
        .add(Terms.button(label));
  }

  Answer act(WebRequest request) {
    var newest = request.field("newest").filter(text -> text.matches("\\d{1,18}"));
    var action = request.field("action").filter(List.of("REDRIVE", "DISCARD")::contains);
    if (newest.isEmpty() || action.isEmpty()) {
      return new Answer.Problem(400, "The form must have the fields newest and action.");
    }
    find(request.field("kind"), request.field("error"), Long.parseLong(newest.get()))
        .ifPresent(group -> BulkAction.valueOf(action.get()).apply(data.store(), group.ids()));
    return new Answer.SeeOther("/dead");
  }
}
