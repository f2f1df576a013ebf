package dev.touchstone.examples.scraper.politeness;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What a {@code robots.txt} says of an address, and where.
 *
 * @param isAllowed whether it may be fetched
 * @param line the number of the line that decides, from 1; empty if none speaks of it
 * @param text that line
 */
public record RobotsVerdict(boolean isAllowed, Optional<Integer> line, Optional<String> text) {

  /*
   * The rules are sorted: the first that speaks of the address decides. Whether a rule does cannot be
   * asked, but a file with nothing but this rule, as a prohibition, can.
   */

  static RobotsVerdict of(SimpleRobotRules rules, String file, URI address) {
    var deciding =
        rules.getRobotRules().stream().filter(rule -> speaksOf(rule, address)).findFirst();
    var isAllowed = rules.isAllowed(address.toString());
    return deciding
        .flatMap(rule -> find(rule, file))
        .map(number -> new RobotsVerdict(
            isAllowed,
            Optional.of(number),
            file.lines().skip(number - 1L).findFirst().map(String::strip)))
        .orElseGet(() -> new RobotsVerdict(isAllowed, Optional.empty(), Optional.empty()));
  }

  private static boolean speaksOf(RobotRule rule, URI address) {
    var alone = new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_SOME);
    alone.addRule(rule.getPrefix(), false);
    return !alone.isAllowed(address.toString());
  }

  private static Optional<Integer> find(RobotRule rule, String file) {
    var field = rule.isAllow() ? "allow" : "disallow";
    var lines = file.lines().toList();
    for (var i = 0; i < lines.size(); i++) {
      var parts = lines.get(i).replaceFirst("#.*", "").split(":", 2);
      if (parts.length == 2
          && parts[0].strip().toLowerCase(Locale.ROOT).equals(field)
          && escaped(parts[1].strip()).equals(rule.getPrefix())) {
        return Optional.of(i + 1);
      }
    }
    return Optional.empty();
  }

  private static String escaped(String path) {
    var alone = new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_SOME);
    alone.addRule(path, false);
    return alone.getRobotRules().getFirst().getPrefix();
  }
}
