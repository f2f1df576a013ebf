package dev.touchstone.examples.gateway.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tokens are believed.
 *
 * @param issuer what the claim {@code iss} must be, to the letter
 * @param audience what the claim {@code aud} must name
 * @param keys where the issuer publishes its keys, as a JWK set
 * @param algorithms the signatures that are accepted, such as {@code RS256}; never {@code none}, and
 *     none with a shared secret, whose key would be the public one of another algorithm
 * @param skew how far the clocks of issuer and gateway may differ
 */
public record JwtOptions(
    String issuer, String audience, URI keys, Set<String> algorithms, Duration skew) {

  private static final Set<String> POSSIBLE =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if there is no algorithm, or one that is not possible, or the skew
   *     is negative or more than 5 minutes
   */
  public JwtOptions {
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !POSSIBLE.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "algorithms must be some of " + new TreeSet<>(POSSIBLE) + ", was " + algorithms);
    }
    if (skew.isNegative() || skew.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("skew must be from 0 to 5 minutes, was " + skew);
    }
  }

  /** Returns options with RS256, PS256 and ES256, and clocks that differ by 30 seconds at most. */
  public static JwtOptions of(String issuer, String audience, URI keys) {
    return new JwtOptions(
        issuer, audience, keys, Set.of("RS256", "PS256", "ES256"), Duration.ofSeconds(30));
  }
}
