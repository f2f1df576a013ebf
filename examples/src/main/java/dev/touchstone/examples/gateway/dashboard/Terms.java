package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Limit;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Quota;
import dev.touchstone.examples.gateway.definition.CacheDefinition;
import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Quantities;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the pages call things, the same on all of them. */
final class Terms {

  /** What stands where there is nothing to say. */
  static final String NOTHING = "–";

  private static final String HIDDEN = "***";

  private Terms() {}

  // Links

  /** Returns the address of the page about a route. */
  static String routeAddress(String name) {
    return "/routes/one?route=" + encoded(name);
  }

  /** Returns a link to a route. */
  static Element route(String name) {
    return link(routeAddress(name), name).styled("code");
  }

  /** Returns a link to a request that reads so. */
  static Element request(String id, String text) {
    return link("/requests/one?id=" + encoded(id), text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  // Times

  /** Returns a time, with a decimal where milliseconds are few. */
  static String time(Duration time) {
    var millis = time.toNanos() / 1e6;
    return millis < 9.95 ? Quantities.decimal(millis) + " ms" : Quantities.time(time);
  }

  /** Returns a time that may not be known. */
  static String time(Optional<Duration> time) {
    return time.map(Terms::time).orElse(NOTHING);
  }

  /** Returns how long ago a moment is, with the moment itself to point at. */
  static Element when(Instant moment) {
    var exact = moment.truncatedTo(ChronoUnit.MILLIS).toString();
    var age = Duration.between(moment, Instant.now());
    return tag("time", Quantities.time(age.isNegative() ? Duration.ZERO : age) + " ago")
        .with("datetime", exact)
        .with("title", exact);
  }

  // What became of things

  /** Returns the word for what became of a call. */
  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case COMPLETE -> "Complete";
      case PARTIAL -> "Some missing";
      case STALE -> "Older value";
      case DEFAULT -> "Default";
      case ABSENT -> "Left out";
      case FAILED -> "Failed";
    };
  }

  /** Returns the class of what became of a call. */
  static String mood(Outcome outcome) {
    return switch (outcome) {
      case COMPLETE -> "good";
      case PARTIAL, STALE, DEFAULT, ABSENT -> "warn";
      case FAILED -> "bad";
    };
  }

  /** Returns what became of a call, with its colour. */
  static Html state(Outcome outcome) {
    return tag("span", outcome(outcome)).styled("state " + mood(outcome));
  }

  /** Returns what of the calls is not as it should be, in a line; empty if all is. */
  static String troubles(List<Part> parts) {
    return parts.stream()
        .filter(part -> part.outcome() != Outcome.COMPLETE)
        .map(part -> part.name() + " " + outcome(part.outcome()).toLowerCase(Locale.ROOT)
            + part.reason().map(reason -> ": " + reason).orElse(""))
        .collect(Collectors.joining("; "));
  }

  /** Returns the status of an answer, with its colour. */
  static Html status(Ended request) {
    var mood = Traffic.isError(request) ? "bad" : request.status() >= 400 ? "warn" : "good";
    return tag("span", Integer.toString(request.status())).styled("state " + mood);
  }

  // What a definition says

  /** Returns where the answers of a route come from. */
  static String kind(PlannedRoute planned) {
    return switch (planned.route().answer()) {
      case RouteDefinition.Answer.Proxy proxy -> "Proxy to " + proxy.template();
      case RouteDefinition.Answer.Aggregate calls ->
        Quantities.count(calls.calls().size(), "call", "calls")
            + planned
                .plan()
                .map(Plan::levels)
                .filter(levels -> levels.size() > 1)
                .map(levels -> " on " + levels.size() + " levels")
                .orElse("");
    };
  }

  /** Returns how callers of a route say who they are. */
  static String auth(RouteDefinition route) {
    return route
        .access()
        .auth()
        .map(auth -> switch (auth) {
          case JWT -> "Token";
          case KEY -> "Key";
        })
        .orElse("Anybody");
  }

  /** Returns how many requests are let in. */
  static String limit(RouteDefinition route) {
    return route.access().limit().map(Terms::limit).orElse(NOTHING);
  }

  private static String limit(Limit limit) {
    var whose = switch (limit.per()) {
      case CALLER -> " for each caller";
      case ADDRESS -> " for each address";
      case ROUTE -> " in all";
    };
    return quota(limit.quota()) + whose;
  }

  /** Returns a number of requests in a time. */
  static String quota(Quota quota) {
    return Quantities.count(quota.requests()) + " in " + Quantities.time(quota.time());
  }

  /** Returns for how long answers are kept. */
  static String cache(RouteDefinition route) {
    return route.cache().map(Terms::cache).orElse(NOTHING);
  }

  private static String cache(CacheDefinition rule) {
    var parts = new ArrayList<String>();
    parts.add(rule.shared().map(Quantities::time).orElse("as backends say"));
    if (rule.staleWhileRevalidate().isPositive()) {
      parts.add("+" + Quantities.time(rule.staleWhileRevalidate()) + " while it is made again");
    }
    if (rule.staleIfError().isPositive()) {
      parts.add("+" + Quantities.time(rule.staleIfError()) + " if that fails");
    }
    return String.join(", ", parts);
  }

  /** Returns what happens if a call fails, in a word. */
  static String onError(OnError onError) {
    return switch (onError) {
      case OnError.Required required -> "required";
      case OnError.Omit omit -> "optional";
      case OnError.Default value -> "default";
      case OnError.Stale stale -> "stale";
    };
  }

  /** Returns the value of a header field, or three asterisks if it looks like a secret. */
  static String field(String name, String value) {
    return Redaction.standard().hidesField(name) ? HIDDEN : value;
  }

  // Pieces of pages

  /** Adds a fact to a list of them. */
  static void fact(Element facts, String label, Html value) {
    facts.add(tag("dt", label), tag("dd", value));
  }

  /** Adds a fact to a list of them. */
  static void fact(Element facts, String label, String value) {
    fact(facts, label, Html.text(value));
  }
}
