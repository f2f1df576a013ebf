package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Who may send requests of a route, and how many.
 *
 * @param auth how they say who they are; empty if anybody may
 * @param limit how many they may send; empty if there is no limit
 * @param maxBodyBytes the longest body of a request
 */
public record AccessDefinition(Optional<Auth> auth, Optional<Limit> limit, long maxBodyBytes) {

  /** How callers say who they are. */
  public enum Auth {
    /** With a JSON Web Token as {@code Authorization: Bearer}. */
    JWT,
    /** With a key as {@code X-Api-Key}. */
    KEY
  }

  /** Who shares a limit. */
  public enum Per {
    /** Each caller has one, each address if callers do not say who they are. */
    CALLER,
    /** Each address has one. */
    ADDRESS,
    /** All requests of the route have one. */
    ROUTE
  }

  /**
   * How many requests are let in.
   *
   * @param at where it stands in the file
   * @param per who shares it
   * @param quota how many
   * @param tiers how many holders of a key of a tier may send instead
   */
  public record Limit(YamlNode at, Per per, Quota quota, Map<String, Quota> tiers) {

    /** Copies the tiers. */
    public Limit {
      tiers = Map.copyOf(tiers);
    }
  }

  /** So many requests in such a time. */
  public record Quota(int requests, Duration time) {}
}
