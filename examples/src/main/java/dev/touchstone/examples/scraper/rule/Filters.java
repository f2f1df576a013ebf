package dev.touchstone.examples.scraper.rule;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rules and budgets of a crawl together. An address is gone to if all accept it.
 *
 * @param rules what can be said of an address at any time
 * @param budgets what depends on what the crawl knows already
 */
public record Filters(List<Rule> rules, List<Budget> budgets) {

  /** Copies the lists. */
  public Filters {
    rules = List.copyOf(rules);
    budgets = List.copyOf(budgets);
  }

  /**
   * Returns what holds if nobody says otherwise: a depth of 100, {@link Rules#MAX_LENGTH}, {@link
   * Rules#MAX_SEGMENTS}, {@link Rules#MAX_REPEATS}, and no budgets.
   */
  public static Filters standard() {
    return new Filters(
        List.of(
            Rules.depth(100),
            Rules.length(Rules.MAX_LENGTH),
            Rules.segments(Rules.MAX_SEGMENTS),
            Rules.repeats(Rules.MAX_REPEATS)),
        List.of());
  }

  /** Judges by the rules: the first that rejects decides. */
  public Verdict judge(Candidate candidate) {
    return rules.stream()
        .reduce(Rule::and)
        .orElse(any -> Verdict.accept("there is no rule"))
        .judge(candidate);
  }

  /**
   * Returns the verdict of each rule and of each budget, in order. What budgets say is as of now: there may
   * have been room when the crawl came upon the address.
   *
   * @param known gives what it is given each address that the crawl goes to
   */
  public List<Verdict> explain(Candidate candidate, Consumer<Consumer<URI>> known) {
    if (!budgets.isEmpty()) {
      known.accept(address -> {
        if (!address.equals(candidate.address())) { // it does not stand in its own way
          budgets.forEach(budget -> budget.take(address));
        }
      });
    }
    return Stream.concat(
            rules.stream().map(rule -> rule.judge(candidate)),
            budgets.stream().map(budget -> budget.judge(candidate.address())))
        .toList();
  }
}
