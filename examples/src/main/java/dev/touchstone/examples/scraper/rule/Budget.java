package dev.touchstone.examples.scraper.rule;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How many addresses of one host, or of one shape, a crawl goes to at most. It counts addresses that
 * were not known before, each once.
 *
 * <p>Holds some 100 bytes for each host and each shape. Confined to one thread.
 */
public final class Budget {

  private final String name;
  private final int max;
  private final Function<URI, String> group;
  private final Map<String, Integer> counts = new HashMap<>();

  private Budget(String name, int max, Function<URI, String> group) {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, was " + max);
    }
    this.name = requireNonNull(name, "name");
    this.max = max;
    this.group = group;
  }

  /** Returns a budget for the addresses of each scheme, host and port. */
  public static Budget perHost(int max) {
    return new Budget("host", max, Addresses::origin);
  }

  /**
   * Returns a budget for the addresses of each shape: addresses have the same one if they differ in
   * their numbers and the values of their parameters only.
   */
  public static Budget perShape(int max) {
    return new Budget("shape", max, Shape::of);
  }

  /** Takes one address out of the budget, without asking: it is known. */
  public void take(URI address) {
    counts.merge(group.apply(address), 1, Integer::sum);
  }

  /** Says whether the budget has room for one more address. */
  public Verdict judge(URI address) {
    var key = group.apply(address);
    var count = counts.getOrDefault(key, 0);
    return count < max
        ? Verdict.accept("%,d of %,d addresses of the %s %s".formatted(count, max, name, key))
        : Verdict.reject(
            "the budget of %,d addresses of the %s %s is used up".formatted(max, name, key));
  }
}
