package dev.touchstone.examples.gateway;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.examples.gateway.auth.ApiKeys;
import dev.touchstone.examples.gateway.auth.JwtAuthenticator;
import dev.touchstone.examples.gateway.auth.JwtOptions;
import dev.touchstone.examples.gateway.definition.AccessDefinition;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Limit;
import dev.touchstone.examples.gateway.definition.AuthDefinition;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.limit.LimitOptions;
import dev.touchstone.examples.gateway.limit.Quota;
import dev.touchstone.examples.gateway.limit.RateLimiter;
import dev.touchstone.examples.gateway.route.Authenticator;
import dev.touchstone.examples.gateway.route.Limiter;
import dev.touchstone.examples.gateway.route.Terms;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What asks requests who sends them, and counts them. A limit that is the same after a reload goes on
 * counting, and keys of an issuer that were fetched stay. For one thread.
 */
final class Guards {

  private static final int MOST_CALLERS = 100_000;
  private static final int LONGEST_NAME = 64;

  /** A limit of a route. The names that clients are told may be the same for several routes. */
  private record Counted(String route, LimitOptions options) {}

  private final ApiClient client;
  private final Map<Counted, Limiter> limiters = new HashMap<>();
  private final Map<JwtOptions, Authenticator> issuers = new HashMap<>();

  /**
   * Creates none yet.
   *
   * @param client fetches the keys of issuers
   */
  Guards(ApiClient client) {
    this.client = client;
  }

  /** Returns what a request of a route must fulfil. */
  Terms terms(RouteDefinition route, GatewayDefinition definition) {
    var access = route.access();
    return new Terms(
        access
            .auth()
            .map(auth -> authenticator(auth, definition.auth()))
            .orElse(Authenticator.ANYBODY),
        access.limit().map(limit -> limiter(route, limit)).orElse(Limiter.UNLIMITED),
        access.maxBodyBytes(),
        route.deadline());
  }

  /** Forgets what a definition does not have any more. */
  void retain(GatewayDefinition definition) {
    var used = definition.routes().stream()
        .flatMap(route -> route.access().limit().map(limit -> counted(route, limit)).stream())
        .collect(Collectors.toSet());
    limiters.keySet().retainAll(used);
    issuers.keySet().removeIf(issuer -> !Optional.of(issuer).equals(options(definition.auth())));
  }

  private Authenticator authenticator(AccessDefinition.Auth auth, AuthDefinition known) {
    return switch (auth) {
      case JWT ->
        issuers.computeIfAbsent(
            options(known).orElseThrow(() -> new IllegalArgumentException("there is no issuer")),
            options -> new JwtAuthenticator(options, client));
      case KEY ->
        new ApiKeys(known.keys().stream()
            .map(key -> new ApiKeys.Key(key.name(), key.tier(), key.sha256()))
            .toList());
    };
  }

  private static Optional<JwtOptions> options(AuthDefinition known) {
    return known.jwt().map(jwt -> JwtOptions.of(jwt.issuer(), jwt.audience(), jwt.jwks()));
  }

  private Limiter limiter(RouteDefinition route, Limit limit) {
    return limiters.computeIfAbsent(
        counted(route, limit), counted -> new RateLimiter(counted.options()));
  }

  private static Counted counted(RouteDefinition route, Limit limit) {
    return new Counted(route.name(), options(route, limit));
  }

  private static LimitOptions options(RouteDefinition route, Limit limit) {
    var name = route.name().replaceAll("[^A-Za-z0-9_]+", "-");
    return new LimitOptions(
        name.substring(0, Math.min(LONGEST_NAME, name.length())),
        switch (limit.per()) {
          case CALLER -> LimitOptions.Per.CALLER;
          case ADDRESS -> LimitOptions.Per.ADDRESS;
          case ROUTE -> LimitOptions.Per.ROUTE;
        },
        quota(limit.quota()),
        limit.tiers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, tier -> quota(tier.getValue()))),
        MOST_CALLERS);
  }

  private static Quota quota(AccessDefinition.Quota quota) {
    return new Quota(quota.requests(), quota.time());
  }
}
