package dev.touchstone.examples.gateway.limit;

import java.util.Map;

/**
 * A limit.
 *
 * @param name what clients are told that it is called; letters, digits, {@code -} and {@code _}
 * @param per whose requests are counted together
 * @param quota how many they may be
 * @param tiers other quotas for API keys of some tiers
 * @param maxKeys how many callers are counted at a time, at least 1; where there are more, whoever has
 *     not called for long starts anew
 */
public record LimitOptions(
    String name, Per per, Quota quota, Map<String, Quota> tiers, int maxKeys) {

  /** Whose requests are counted together. */
  public enum Per {
    /** Those of one subject or API key; of a caller who is not known, those of the address. */
    CALLER,
    /** Those of one address; of IPv6, those of one network, the first 64 bits. */
    ADDRESS,
    /** All. */
    ROUTE
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if the name has other characters, or {@code maxKeys} is less than 1
   */
  public LimitOptions {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "name must be of letters, digits, - and _, was '" + name + "'");
    }
    if (maxKeys < 1) {
      throw new IllegalArgumentException("maxKeys must be at least 1, was " + maxKeys);
    }
    tiers = Map.copyOf(tiers);
  }

  /** Returns a limit without tiers that counts 100,000 callers at most. */
  public static LimitOptions of(String name, Per per, Quota quota) {
    return new LimitOptions(name, per, quota, Map.of(), 100_000);
  }
}
