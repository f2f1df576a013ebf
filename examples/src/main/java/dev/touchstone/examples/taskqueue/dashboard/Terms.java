package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.taskqueue.store.AttemptEnd;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueViews;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Quantities;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** What the pages call things, the same on all of them. */
final class Terms {

  private Terms() {}

  /** Returns the word for where a job stands. */
  static String word(JobStatus status) {
    return switch (status) {
      case READY -> "Ready";
      case SCHEDULED -> "Scheduled";
      case RETRYING -> "Retrying";
      case RUNNING -> "Running";
      case SUCCEEDED -> "Done";
      case DEAD -> "Dead";
      case CANCELLED -> "Cancelled";
      case EXPIRED -> "Expired";
    };
  }

  /** Returns the word with its colour. */
  static Html status(JobStatus status) {
    var mood = switch (status) {
      case RUNNING, SUCCEEDED -> "good";
      case RETRYING -> "warn";
      case DEAD -> "bad";
      case READY, SCHEDULED, CANCELLED, EXPIRED -> "muted";
    };
    return tag("span", word(status)).styled("state " + mood);
  }

  /** Returns how an attempt ended. */
  static String word(AttemptEnd end) {
    return switch (end) {
      case FAILED -> "Failed";
      case TIMED_OUT -> "Took too long";
      case SNOOZED -> "Put off";
      case RETURNED -> "Given back";
      case LEASE_LOST -> "Lease lost";
      case CANCELLED -> "Cancelled";
      case DISCARDED -> "Given up";
    };
  }

  /** Returns a count that stops at a limit. */
  static String counted(long count) {
    return Quantities.count(count) + (count < QueueViews.MOST_COUNTED ? "" : " or more");
  }

  /** Returns how long ago a moment is, or how long until it; with the moment itself to point at. */
  static Element when(Instant moment, Instant now) {
    var ago = Duration.between(moment, now);
    var text =
        ago.isNegative() ? "in " + Quantities.time(ago.negated()) : Quantities.time(ago) + " ago";
    var exact = moment.truncatedTo(ChronoUnit.MILLIS).toString();
    return tag("time", text).with("datetime", exact).with("title", exact);
  }

  /** Returns a time that may not be known. */
  static String time(Optional<Duration> time) {
    return time.map(Quantities::time).orElse("–");
  }

  /** Returns an upper bound that may not be known. */
  static String atMost(Optional<Duration> time) {
    return time.map(bound -> "≤ " + Quantities.time(bound)).orElse("–");
  }

  /** Returns what holds the jobs of a queue back. */
  static String limits(QueueLimits limits) {
    var parts = new ArrayList<String>();
    limits
        .maxRunning()
        .ifPresent(most -> parts.add("at most " + Quantities.count(most) + " at a time"));
    limits
        .rate()
        .ifPresent(rate -> parts.add(String.format(
            Locale.ROOT,
            "%s a second, burst %,d",
            Quantities.decimal(rate.perSecond()),
            rate.burst())));
    return parts.isEmpty() ? "none" : String.join("; ", parts);
  }

  /** Returns a link to a job. */
  static Html job(long id) {
    return Html.link("/jobs/" + id, Long.toString(id));
  }

  /** Returns a link to a queue. */
  static Html queue(String name) {
    return Html.link("/queues/one?name=" + encoded(name), name);
  }

  /** Returns a text as a value in a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Adds a fact to a list of them. */
  static void fact(Element facts, String label, Html value) {
    facts.add(tag("dt", label), tag("dd", value));
  }

  /** Returns a field of a form that is not seen. */
  static Html hidden(String name, String value) {
    return tag("input").with("type", "hidden").with("name", name).with("value", value);
  }

  /** Returns what sends a form. */
  static Html button(String label) {
    return tag("button", label).with("type", "submit");
  }
}
