package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.admin.BulkAction;
import dev.touchstone.examples.taskqueue.admin.JobSearch;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobPage;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Jobs by where they stand and by a search, page by page. */
final class JobsPage {

  private static final int ROWS = 50;
  private static final String HINT =
      "Terms: kind:email.* queue:default status:dead,retrying id:7 args~text error~\"some text\" since:1h";

  private final QueueData data;

  JobsPage(QueueData data) {
    this.data = data;
  }

  /** What is asked for. */
  private record Query(Optional<JobStatus> status, String text) {

    String with(Optional<JobStatus> other) {
      return "/jobs?q=" + Terms.encoded(text)
          + other.map(status -> "&status=" + name(status)).orElse("");
    }

    String address() {
      return with(status);
    }

    JobFilter narrow(JobFilter filter) {
      return status.map(wanted -> filter.within(Set.of(wanted))).orElse(filter);
    }

    /** Returns the search with the status as one of its terms. */
    String whole() {
      return status.isPresent() && !text.contains("status:")
          ? (text + " status:" + name(status.get())).strip()
          : text;
    }
  }

  private static String name(JobStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static Query query(WebRequest request) {
    var status = request
        .parameter("status")
        .flatMap(name -> EnumSet.allOf(JobStatus.class).stream()
            .filter(candidate -> name(candidate).equals(name))
            .findFirst());
    return new Query(status, request.parameter("q").orElse(""));
  }

  Answer list(WebRequest request) {
    var query = query(request);
    var now = data.store().now();
    try {
      var filter = query.narrow(JobSearch.parse(query.text(), now));
      var before = request
          .parameter("before")
          .filter(text -> text.matches("\\d{1,18}"))
          .map(Long::parseLong);
      var page = data.store().search(before.map(filter::before).orElse(filter), ROWS);
      return answer(query, Panel.of(Width.FULL, "Jobs", actions(query), found(query, page, now)));
    } catch (IllegalArgumentException e) {
      return answer(
          query,
          Panel.of(
              "Jobs",
              tag("p", "This search is not understood: " + e.getMessage()).styled("bad")));
    }
  }

  private static Answer answer(Query query, Html panel) {
    return new Answer.Page("Jobs", Html.of(search(query), tabs(query), panel));
  }

  private static Html search(Query query) {
    var field = tag("input")
        .with("type", "search")
        .with("name", "q")
        .with("value", query.text())
        .with("placeholder", "kind:email.* error~timeout")
        .with("aria-label", "Search")
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .styled("long");
    var form = tag("form", field).with("action", "/jobs").with("role", "search");
    query.status().ifPresent(status -> form.add(Terms.hidden("status", name(status))));
    return Html.of(
        form.add(Terms.button("Search")).styled("actions"), tag("p", HINT).styled("muted hint"));
  }

  private static Html tabs(Query query) {
    var tabs = tag("ul").styled("tabs");
    tabs.add(tag("li", tab(query, Optional.empty(), "All")));
    for (var status : JobStatus.values()) {
      tabs.add(tag("li", tab(query, Optional.of(status), Terms.word(status))));
    }
    return tag("nav", tabs).with("aria-label", "Where they stand");
  }

  private static Element tab(Query query, Optional<JobStatus> status, String label) {
    var tab = link(query.with(status), label);
    return status.equals(query.status()) ? tab.with("aria-current", "page") : tab;
  }

  private static Html actions(Query query) {
    var links = tag("span").styled("muted");
    for (var action : BulkAction.values()) {
      if (query.status().map(action.statuses()::contains).orElse(true)) {
        links.add(
            link(BulkPages.address(action, query.whole()), BulkPages.verb(action) + " all …"),
            Html.text(" "));
      }
    }
    return links;
  }

  private static Html found(Query query, JobPage page, Instant now) {
    var next = page.next();
    var empty = next.isPresent() ? "None among the jobs that were looked at." : "None.";
    return Html.of(
        table(page.jobs(), now).orElse(empty),
        next.isEmpty()
            ? Html.none()
            : tag("p", link(query.address() + "&before=" + next.getAsLong(), "Older jobs")));
  }

  /** Returns jobs as a table. */
  static Table table(List<JobView> jobs, Instant now) {
    var table = new Table("Jobs, the last stored first")
        .column("Job", Style.NUMBER)
        .column("Status", Style.NOWRAP)
        .column("Kind", Style.NOWRAP)
        .column("Queue", Style.NOWRAP, Style.WIDE)
        .column("Attempt", Style.NUMBER, Style.WIDE)
        .column("Due or ended", Style.NOWRAP)
        .column("Last error", Style.CLIP, Style.WIDE);
    for (var job : jobs) {
      table.row(
          Terms.job(job.id()),
          Terms.status(job.status()),
          Html.text(job.kind()),
          Terms.queue(job.queue()),
          Html.text(job.attempt() + " of " + job.maxAttempts()),
          Terms.when(job.dueAt(), now),
          Html.text(job.error().orElse("")));
    }
    return table;
  }
}
