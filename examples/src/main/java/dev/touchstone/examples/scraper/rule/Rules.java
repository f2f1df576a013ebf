package dev.touchstone.examples.scraper.rule;

import com.google.re2j.Pattern;
import dev.touchstone.examples.scraper.address.Addresses;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules that come with the crawler. */
public final class Rules {

  /**
   * The longest address that is followed, in characters. <b>Source:</b> what Internet Explorer took; no
   * page that people visit ever had to be longer, and traps are.
   */
  public static final int MAX_LENGTH = 2_083;

  /** The most segments that a path may have. */
  public static final int MAX_SEGMENTS = 20;

  /** How often the same segment may stand in a path. */
  public static final int MAX_REPEATS = 3;

  private Rules() {}

  /** Accepts what is at most so many links away from a seed. */
  public static Rule depth(int max) {
    return candidate -> Verdict.upTo(max, candidate.depth(), "depth");
  }

  /** Accepts addresses of at most so many characters. */
  public static Rule length(int max) {
    return candidate -> Verdict.upTo(max, candidate.address().toString().length(), "length");
  }

  /** Accepts paths of at most so many segments. */
  public static Rule segments(int max) {
    return candidate -> Verdict.upTo(max, segmentsOf(candidate).length, "number of segments");
  }

  /** Accepts paths in which no segment stands more often than so many times. */
  public static Rule repeats(int max) {
    return candidate -> Arrays.stream(segmentsOf(candidate))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(segment -> segment.getValue() > max)
        .max(Map.Entry.comparingByValue())
        .map(segment -> Verdict.reject("'%s' stands %d times in the path, more than %d"
            .formatted(segment.getKey(), segment.getValue(), max)))
        .orElseGet(() ->
            Verdict.accept("no segment stands more than %d times in the path".formatted(max)));
  }

  /** Accepts addresses of these hosts and of the hosts below them. */
  public static Rule domains(Collection<String> domains) {
    var list = String.join(", ", domains);
    return candidate -> {
      var host = Addresses.host(candidate.address());
      return domains.stream().anyMatch(d -> host.equals(d) || host.endsWith("." + d))
          ? Verdict.accept(host + " is within " + list)
          : Verdict.reject(host + " is not within " + list);
    };
  }

  /** Accepts addresses in which a pattern is found. */
  public static Rule matches(Pattern pattern) {
    return candidate -> pattern.matcher(candidate.address().toString()).find()
        ? Verdict.accept("it matches " + pattern.pattern())
        : Verdict.reject("it does not match " + pattern.pattern());
  }

  private static String[] segmentsOf(Candidate candidate) {
    var path = candidate.address().getRawPath();
    return Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toArray(String[]::new);
  }
}
