package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The version of a plugin or of the application: {@code 1.4.2}, {@code 2.0.0-rc.1}.
 *
 * <p>Versions are ordered by precedence. Build metadata ({@code +…}) is accepted and dropped, so that
 * equal versions have equal precedence.
 *
 * <p><b>Source:</b> Semantic Versioning 2.0.0, sections 2, 9, 10 and 11. Missing numbers count as 0:
 * {@code 1.4} is {@code 1.4.0}.
 *
 * @param major changes that break users
 * @param minor additions
 * @param patch repairs
 * @param preRelease the dot-separated identifiers of a pre-release, empty for a release
 */
public record Version(long major, long minor, long patch, List<String> preRelease)
    implements Comparable<Version> {

  private static final int LONGEST = 200; // a pattern that repeats groups takes stack for each
  private static final String NUMBER = "(0|[1-9]\\d{0,17})";
  private static final String WORD = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern FORM = Pattern.compile(NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER
      + ")?)?(?:-(" + WORD + "(?:\\." + WORD + ")*))?(?:\\+[0-9a-zA-Z.-]+)?");

  /** Creates a version; use {@link #parse}. */
  public Version {
    if (major < 0 || minor < 0 || patch < 0) {
      throw new IllegalArgumentException("the numbers of a version must not be negative, were "
          + major + "." + minor + "." + patch);
    }
    preRelease = List.copyOf(preRelease);
  }

  /**
   * Reads a version.
   *
   * @throws IllegalArgumentException if the text is not a version, or longer than 200 characters
   */
  public static Version parse(String text) {
    if (requireNonNull(text, "text").length() > LONGEST) {
      throw new IllegalArgumentException(
          "a version must have at most " + LONGEST + " characters, had " + text.length());
    }
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "a version must look like 1.4.2 or 2.0.0-rc.1, was \"" + text + "\"");
    }
    var words = match.group(4);
    return new Version(
        number(match.group(1)),
        number(match.group(2)),
        number(match.group(3)),
        words == null ? List.of() : List.of(words.split("\\.")));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /** Returns whether both are the same release or pre-releases of the same one. */
  boolean hasNumbersOf(Version other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  @Override
  public int compareTo(Version other) {
    int order = Long.compare(major, other.major);
    order = order != 0 ? order : Long.compare(minor, other.minor);
    order = order != 0 ? order : Long.compare(patch, other.patch);
    if (order != 0 || (preRelease.isEmpty() && other.preRelease.isEmpty())) {
      return order;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return preRelease.isEmpty() ? 1 : -1; // a release comes after its pre-releases
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      order = compareWords(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareWords(String left, String right) {
    boolean leftNumber = left.chars().allMatch(Character::isDigit);
    boolean rightNumber = right.chars().allMatch(Character::isDigit);
    if (leftNumber && rightNumber) { // without leading zeros, the longer one is greater
      int order = Integer.compare(left.length(), right.length());
      return order != 0 ? order : left.compareTo(right);
    }
    if (leftNumber || rightNumber) {
      return leftNumber ? -1 : 1;
    }
    return left.compareTo(right);
  }

  @Override
  public String toString() {
    var numbers = major + "." + minor + "." + patch;
    return preRelease.isEmpty() ? numbers : numbers + "-" + String.join(".", preRelease);
  }
}
