package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of versions between two bounds.
 *
 * <p>Written as one or more conditions, separated by spaces, that must all hold:
 *
 * <table>
 *   <caption>Conditions</caption>
 *   <tr><td>{@code *}</td><td>any version</td></tr>
 *   <tr><td>{@code ^1.2}</td><td>compatible: {@code >=1.2.0 <2.0.0}; {@code ^0.3} is {@code >=0.3.0 <0.4.0}</td></tr>
 *   <tr><td>{@code ~1.2}</td><td>repairs only: {@code >=1.2.0 <1.3.0}</td></tr>
 *   <tr><td>{@code >=1.2}, {@code >1.2}, {@code <2}, {@code <=2}</td><td>bounds</td></tr>
 *   <tr><td>{@code 1.2.3} or {@code =1.2.3}</td><td>this version</td></tr>
 * </table>
 *
 * <p>A pre-release is in a range only if a bound names a pre-release of the same three numbers: {@code
 * ^1.2} does not mean {@code 2.0.0-alpha}, though that comes before 2.0.0.
 *
 * <p>Numbers that are left out are 0: {@code 1.2} is the one version 1.2.0, {@code ~1} allows 1.0.x,
 * and {@code ^0} nothing but 0.0.0.
 *
 * <p><b>Source:</b> the ranges of node-semver, without alternatives, and without its own meaning of
 * numbers that are left out.
 */
public final class VersionRange {

  private static final Pattern CONDITION = Pattern.compile("(\\^|~|>=|<=|>|<|=)?(.+)");

  private final String text;
  private final List<Bound> bounds;

  private VersionRange(String text, List<Bound> bounds) {
    this.text = text;
    this.bounds = bounds;
  }

  /** Returns the range of all releases. */
  public static VersionRange any() {
    return new VersionRange("*", List.of());
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if the text is not a range, or no version can be in it
   */
  public static VersionRange parse(String text) {
    var trimmed = requireNonNull(text, "text").strip();
    if (trimmed.equals("*")) {
      return any();
    }
    var bounds = new ArrayList<Bound>();
    for (var condition : trimmed.split("\\s+", -1)) {
      addBounds(condition, text, bounds);
    }
    checkPossible(bounds, text);
    return new VersionRange(trimmed, List.copyOf(bounds));
  }

  private static void addBounds(String condition, String text, List<Bound> bounds) {
    var match = CONDITION.matcher(condition);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "a range must look like ^1.2, ~1.2 or >=1.2 <2, was \"" + text + "\"");
    }
    var version = Version.parse(match.group(2));
    switch (Objects.requireNonNullElse(match.group(1), "=")) {
      case "^" -> addBetween(version, endOfCompatible(version), bounds);
      case "~" -> addBetween(version, release(version.major(), version.minor() + 1, 0), bounds);
      case ">=" -> bounds.add(new Bound(version, 1, true));
      case ">" -> bounds.add(new Bound(version, 1, false));
      case "<=" -> bounds.add(new Bound(version, -1, true));
      case "<" -> bounds.add(new Bound(version, -1, false));
      default -> {
        bounds.add(new Bound(version, 1, true));
        bounds.add(new Bound(version, -1, true));
      }
    }
  }

  private static void addBetween(Version from, Version to, List<Bound> bounds) {
    bounds.add(new Bound(from, 1, true));
    bounds.add(new Bound(to, -1, false));
  }

  private static Version endOfCompatible(Version version) {
    if (version.major() > 0) {
      return release(version.major() + 1, 0, 0);
    }
    return version.minor() > 0
        ? release(0, version.minor() + 1, 0)
        : release(0, 0, version.patch() + 1);
  }

  private static Version release(long major, long minor, long patch) {
    return new Version(major, minor, patch, List.of());
  }

  private static void checkPossible(List<Bound> bounds, String text) {
    var lowest = strictest(bounds, 1);
    var highest = strictest(bounds, -1);
    if (lowest == null || highest == null) {
      return;
    }
    int order = lowest.version.compareTo(highest.version);
    if (order > 0 || (order == 0 && !(lowest.inclusive && highest.inclusive))) {
      throw new IllegalArgumentException("no version can be in the range \"" + text
          + "\"; its lower bound is above the upper one");
    }
  }

  private static @Nullable Bound strictest(List<Bound> bounds, int side) {
    return bounds.stream()
        .filter(bound -> bound.side == side)
        .max((left, right) -> {
          int order = side * left.version.compareTo(right.version);
          return order != 0 ? order : Boolean.compare(right.inclusive, left.inclusive);
        })
        .orElse(null);
  }

  /** Returns whether a version is in this range. */
  public boolean contains(Version version) {
    return bounds.stream().allMatch(bound -> bound.allows(version))
        && (!version.isPreRelease() || namesPreReleaseOf(version));
  }

  private boolean namesPreReleaseOf(Version version) {
    return preReleases().anyMatch(named -> named.hasNumbersOf(version));
  }

  private Stream<Version> preReleases() {
    return bounds.stream().map(Bound::version).filter(Version::isPreRelease);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionRange range && bounds.equals(range.bounds);
  }

  @Override
  public int hashCode() {
    return bounds.hashCode();
  }

  /** Returns the text that this range was read from. */
  @Override
  public String toString() {
    return text;
  }

  /** One end; {@code side} is 1 for a lower bound and -1 for an upper one. */
  private record Bound(Version version, int side, boolean inclusive) {

    boolean allows(Version candidate) {
      int order = side * candidate.compareTo(version);
      return order > 0 || (inclusive && order == 0);
    }
  }
}
