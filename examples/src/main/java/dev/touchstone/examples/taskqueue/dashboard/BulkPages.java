package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.admin.BulkAction;
import dev.touchstone.examples.taskqueue.admin.JobSearch;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.WebRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Does something to all jobs of a search, in two steps: the first shows which jobs those are, the
 * second does it to them, and to none that have come since.
 */
final class BulkPages {

  private static final int SAMPLE = 20;

  private final QueueData data;

  BulkPages(QueueData data) {
    this.data = data;
  }

  /** Returns where an action on a search begins. */
  static String address(BulkAction action, String search) {
    return "/jobs/bulk?action=" + name(action) + "&q=" + Terms.encoded(search);
  }

  private static String name(BulkAction action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<BulkAction> action(Optional<String> name) {
    return Arrays.stream(BulkAction.values())
        .filter(action -> name.filter(name(action)::equals).isPresent())
        .findFirst();
  }

  static String verb(BulkAction action) {
    return switch (action) {
      case CANCEL -> "Cancel";
      case START -> "Start";
      case REDRIVE -> "Redrive";
      case DISCARD -> "Discard";
    };
  }

  private static String explain(BulkAction action) {
    return switch (action) {
      case CANCEL -> "They will not start; those that run are asked to stop.";
      case START -> "They will not wait for their time any longer.";
      case REDRIVE -> "They become new jobs, with all their attempts before them.";
      case DISCARD -> "They and their attempts are forgotten. This cannot be taken back.";
    };
  }

  Answer preview(WebRequest request) {
    var action = action(request.parameter("action"));
    if (action.isEmpty()) {
      return Answer.notFound("There is no such action.");
    }
    var search = request.parameter("q").orElse("");
    try {
      var now = data.store().now();
      var jobs = action.get().preview(data.store(), JobSearch.parse(search, now));
      return new Answer.Page(
          verb(action.get()) + " jobs", preview(request, action.get(), search, jobs, now));
    } catch (IllegalArgumentException e) {
      return new Answer.Problem(400, "This search is not understood: " + e.getMessage());
    }
  }

  private Html preview(
      WebRequest request, BulkAction action, String search, List<JobView> jobs, Instant now) {
    var back = link("/jobs?q=" + Terms.encoded(search), "Back to the search");
    if (jobs.isEmpty()) {
      return Html.of(tag("p", "No job of this search stands where that could be done."), back);
    }
    var count = Quantities.count(jobs.size(), "job", "jobs");
    var form = request
        .form("/jobs/bulk")
        .styled("actions")
        .add(Terms.hidden("action", name(action)))
        .add(Terms.hidden("q", search))
        .add(Terms.hidden("newest", Long.toString(jobs.getFirst().id())))
        .add(Terms.button(verb(action) + " " + count));
    return Html.of(
        tag("p", (search.isEmpty() ? "Any job" : search)).styled("code"),
        tag(
            "p",
            count
                + (jobs.size() < BulkAction.MOST
                    ? ""
                    : ", as many as one step takes, the newest first")
                + ". " + explain(action)),
        form,
        Panel.of(
            jobs.size() > SAMPLE ? "The first " + SAMPLE : "All of them",
            JobsPage.table(jobs.subList(0, Math.min(SAMPLE, jobs.size())), now).orElse("")),
        tag("p", back));
  }

  Answer apply(WebRequest request) {
    var action = action(request.field("action"));
    var newest = request.field("newest").filter(text -> text.matches("\\d{1,18}"));
    if (action.isEmpty() || newest.isEmpty()) {
      return new Answer.Problem(400, "The form must have the fields action and newest.");
    }
    var search = request.field("q").orElse("");
    try {
      var filter =
          JobSearch.parse(search, data.store().now()).before(Long.parseLong(newest.get()) + 1);
      var ids =
          action.get().preview(data.store(), filter).stream().map(JobView::id).toList();
      action.get().apply(data.store(), ids);
      return new Answer.SeeOther("/jobs?q=" + Terms.encoded(search));
    } catch (IllegalArgumentException e) {
      return new Answer.Problem(400, "This search is not understood: " + e.getMessage());
    }
  }
}
