package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.admin.BulkAction;
import dev.touchstone.examples.taskqueue.admin.Redaction;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One job: what it is, what became of it, and what can be done with it. */
final class JobPages {

  private final QueueData data;
  private final Redaction redaction;

  JobPages(QueueData data, Redaction redaction) {
    this.data = data;
    this.redaction = redaction;
  }

  private Optional<JobView> job(WebRequest request) {
    var id = request.part("id");
    return id.matches("\\d{1,18}")
        ? data.store().jobs(JobFilter.all().only(Long.parseLong(id)), 1).stream()
            .findFirst()
        : Optional.empty();
  }

  private static Answer missing(WebRequest request) {
    return Answer.notFound("There is no job " + request.part("id")
        + " any more: it was redriven, discarded or too old, or never was.");
  }

  Answer show(WebRequest request) {
    return job(request).map(job -> show(request, job)).orElseGet(() -> missing(request));
  }

  private Answer show(WebRequest request, JobView job) {
    var now = data.store().now();
    var attempts = data.store().attempts(job.id());
    return new Answer.Page(
        "Job " + job.id(),
        Html.of(
            tag("div", Terms.status(job.status()), tag("span", job.kind()).styled("code"))
                .styled("head"),
            actions(request, job),
            Panel.row(
                Panel.of(Width.HALF, "What it is", Html.none(), facts(job, now)),
                Panel.of(
                    Width.HALF, "What became of it", Html.none(), timeline(job, attempts, now)),
                Panel.of("Attempts that did not succeed", attempts(attempts, now)),
                Panel.of("Payload", tag("pre", redaction.show(job.kind(), job.payload()))))));
  }

  private static Html actions(WebRequest request, JobView job) {
    var actions = tag("div").styled("actions");
    for (var action : BulkAction.values()) {
      if (action.statuses().contains(job.status())) {
        actions.add(request
            .form("/jobs/" + job.id() + "/" + action.name().toLowerCase(Locale.ROOT))
            .add(Terms.button(BulkPages.verb(action))));
      }
    }
    return actions;
  }

  private static Html facts(JobView job, Instant now) {
    var facts = tag("dl").styled("facts");
    Terms.fact(facts, "Queue", Terms.queue(job.queue()));
    Terms.fact(facts, "Priority", Html.text(job.priority().name().toLowerCase(Locale.ROOT)));
    Terms.fact(facts, "Form", Html.text(job.kind() + ", version " + job.version()));
    Terms.fact(facts, "Attempt", Html.text(job.attempt() + " of " + job.maxAttempts()));
    if (!job.status().isEnd()) {
      Terms.fact(facts, "Due", Terms.when(job.dueAt(), now));
    }
    job.worker().ifPresent(worker -> Terms.fact(facts, "Worker", Html.text(worker.toString())));
    job.uniqueKey().ifPresent(key -> Terms.fact(facts, "Unique key", Html.text(key)));
    job.redriven().ifPresent(from -> Terms.fact(facts, "Redriven", Html.text("was job " + from)));
    job.error().ifPresent(error -> Terms.fact(facts, "Last error", Html.text(error)));
    return facts;
  }

  // What became of it

  /** Something that happened at a moment. */
  private record Event(Instant at, String mood, String text) {}

  private static Html timeline(JobView job, List<AttemptView> attempts, Instant now) {
    var events = new ArrayList<Event>();
    events.add(new Event(job.createdAt(), "muted", "Stored"));
    for (var attempt : attempts) {
      events.add(new Event(
          attempt.endedAt(),
          attempt.end().isCounted() ? "warn" : "muted",
          "Attempt " + attempt.attempt() + ": " + Terms.word(attempt.end())));
    }
    job.startedAt()
        .ifPresent(
            start -> events.add(new Event(start, "good", "Attempt " + job.attempt() + " begins")));
    if (job.status().isEnd()) {
      events.add(
          new Event(job.dueAt(), job.status() == JobStatus.SUCCEEDED ? "good" : "bad", ended(job)));
    }
    var list = tag("ol").styled("timeline");
    for (var event : events) {
      list.add(tag(
          "li",
          tag("span", event.text()).styled("state " + event.mood()),
          Html.text(" "),
          Terms.when(event.at(), now).styled("muted")));
    }
    return list;
  }

  private static String ended(JobView job) {
    return Terms.word(job.status())
        + job.startedAt()
            .map(start -> " after " + Quantities.time(Duration.between(start, job.dueAt())))
            .orElse("");
  }

  private static Html attempts(List<AttemptView> attempts, Instant now) {
    var table = new Table("Attempts that did not succeed")
        .column("Attempt", Style.NUMBER)
        .column("How it ended", Style.NOWRAP)
        .column("When", Style.NOWRAP)
        .column("Token", Style.NUMBER, Style.WIDE)
        .column("Error", Style.ADDRESS);
    for (var attempt : attempts) {
      table.row(
          Html.text(Integer.toString(attempt.attempt())),
          Html.text(Terms.word(attempt.end())),
          Terms.when(attempt.endedAt(), now),
          Html.text(Long.toString(attempt.token())),
          Html.text(attempt.error()));
    }
    return table.orElse("None.");
  }

  // Actions

  Answer act(WebRequest request) {
    var job = job(request);
    var action = Arrays.stream(BulkAction.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(request.part("action")))
        .findFirst();
    if (job.isEmpty() || action.isEmpty()) {
      return missing(request);
    }
    if (action.get().apply(data.store(), List.of(job.get().id())) == 0) {
      return new Answer.Problem(
          409, "Job " + job.get().id() + " stands elsewhere by now; look at it again.");
    }
    return new Answer.SeeOther(
        switch (action.get()) {
          case CANCEL, START -> "/jobs/" + job.get().id();
          case REDRIVE -> "/jobs?q=" + Terms.encoded("kind:" + job.get().kind());
          case DISCARD -> "/dead";
        });
  }
}
