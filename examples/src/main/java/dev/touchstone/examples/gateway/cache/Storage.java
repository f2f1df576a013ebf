package dev.touchstone.examples.gateway.cache;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.examples.gateway.aggregate.Answer;
import dev.touchstone.examples.gateway.definition.CacheDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Whether an answer may be kept, and for how long it is fresh.
 *
 * <p><b>Source:</b> RFC 9111, sections 3, 3.5 and 4.2.
 *
 * @param lifetime how long it is fresh from the moment that the oldest of its sources was made
 * @param age how old that is now
 * @param mayBeStale whether it may be given out after that
 */
record Storage(Duration lifetime, Duration age, boolean mayBeStale) {

  private static final List<String> OPEN_TO_ALL = List.of("public", "s-maxage", "must-revalidate");

  /**
   * Returns how an answer is kept; empty if it is not.
   *
   * <p>An answer that is made of others is as private as the most private of them, and as fresh as the
   * least fresh. One without a lifetime is kept only if the backend can be asked whether it is still
   * good.
   *
   * @param request the fields of the request
   * @param forward the names of the fields that are sent on to backends, in lower case
   */
  static Optional<Storage> of(
      Answer answer, HttpFields request, List<String> forward, CacheDefinition rule, Instant now) {
    var sources = answer.sources();
    var directives = sources.stream()
        .map(source -> Directives.of(source.all("Cache-Control")))
        .toList();
    var isOpen = answer.status() == HttpStatus.OK_200
        && answer.isComplete()
        && directives.stream().noneMatch(each -> each.has("no-store") || each.has("private"))
        && sources.stream().noneMatch(Storage::isPersonal)
        && !Directives.of(request.getValuesList(HttpHeader.CACHE_CONTROL)).has("no-store")
        && isAllowed(request, forward, directives, rule);
    if (!isOpen) {
      return Optional.empty();
    }
    var lifetime = lifetime(sources, directives, rule, now);
    return lifetime.isPositive() || Validators.of(answer).isPresent()
        ? Optional.of(new Storage(lifetime, age(sources), mayBeStale(directives)))
        : Optional.empty();
  }

  private static boolean isPersonal(Headers source) {
    return source.first("Set-Cookie").isPresent()
        || source.all("Vary").stream().anyMatch(names -> names.contains("*"));
  }

  /*
   * An answer to somebody who said who they are is kept if every backend says that it is for all, or if
   * the definition does, by 'shared', and no backend was told who asks.
   */
  private static boolean isAllowed(
      HttpFields request, List<String> forward, List<Directives> directives, CacheDefinition rule) {
    if (!request.contains(HttpHeader.AUTHORIZATION) && !request.contains(HttpHeader.COOKIE)) {
      return true;
    }
    var isUnknownToBackends = !forward.contains("authorization") && !forward.contains("cookie");
    return (rule.shared().isPresent() && isUnknownToBackends)
        || directives.stream().allMatch(each -> OPEN_TO_ALL.stream().anyMatch(each::has));
  }

  private static Duration lifetime(
      List<Headers> sources, List<Directives> directives, CacheDefinition rule, Instant now) {
    if (directives.stream().anyMatch(each -> each.has("no-cache"))) {
      return Duration.ZERO;
    }
    var shortest = rule.shared();
    for (var i = 0; i < sources.size(); i++) {
      var own = lifetime(sources.get(i), directives.get(i), now);
      if (own.isEmpty() && rule.shared().isEmpty()) {
        return Duration.ZERO;
      }
      shortest = Stream.concat(shortest.stream(), own.stream()).min(Duration::compareTo);
    }
    return shortest.orElse(Duration.ZERO);
  }

  private static Optional<Duration> lifetime(Headers source, Directives directives, Instant now) {
    return directives
        .seconds("s-maxage")
        .or(() -> directives.seconds("max-age"))
        .or(() -> source.first("Expires").map(expires -> {
          var made = source.first("Date").flatMap(Storage::instant).orElse(now);
          return instant(expires)
              .map(end -> Duration.between(made, end))
              .filter(Duration::isPositive)
              .orElse(Duration.ZERO);
        }));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration age(List<Headers> sources) {
    return sources.stream()
        .flatMap(source -> source.first("Age").stream())
        .map(text -> Directives.of(List.of("age=" + text)).seconds("age").orElse(Duration.ZERO))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static boolean mayBeStale(List<Directives> directives) {
    return directives.stream()
        .noneMatch(each -> each.has("must-revalidate")
            || each.has("proxy-revalidate")
            || each.has("s-maxage")
            || each.has("no-cache"));
  }
}
