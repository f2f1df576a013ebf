package dev.touchstone.patterns.strategy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a strategy by the first rule that holds, and can say why.
 *
 * {@snippet class="dev.touchstone.patterns.strategy.SnippetsTest" region="selector"}
 *
 * <p>Immutable, and safe for use by several threads as far as the rules are. What a rule throws goes
 * to the caller.
 *
 * @param <I> what is decided about
 * @param <S> the type of the strategies
 */
public final class Selector<I, S> {

  private final List<Rule<I, S>> rules;
  private final String otherwiseName;
  private final S otherwise;

  private Selector(List<Rule<I, S>> rules, String otherwiseName, S otherwise) {
    this.rules = List.copyOf(rules);
    this.otherwiseName = otherwiseName;
    this.otherwise = otherwise;
  }

  /** Returns a builder without rules. */
  public static <I, S> Builder<I, S> builder() {
    return new Builder<>();
  }

  /** Returns the strategy of the first rule that holds, or the one for all other cases. */
  public S select(I input) {
    requireNonNull(input, "input");
    for (var rule : rules) {
      if (rule.condition.test(input)) {
        return rule.strategy;
      }
    }
    return otherwise;
  }

  /**
   * Asks every rule, also those after the one that decides, and returns the answers in order; the one
   * for all other cases comes last and always holds.
   */
  public List<Answer<S>> explain(I input) {
    requireNonNull(input, "input");
    var answers = new ArrayList<Answer<S>>();
    boolean decided = false;
    for (var rule : rules) {
      boolean holds = rule.condition.test(input);
      answers.add(new Answer<>(rule.name, rule.strategy, holds, holds && !decided));
      decided |= holds;
    }
    answers.add(new Answer<>(otherwiseName, otherwise, true, !decided));
    return List.copyOf(answers);
  }

  @Override
  public String toString() {
    return "Selector" + rules.stream().map(Rule::name).toList() + " else " + otherwiseName;
  }

  private record Rule<I, S>(String name, Predicate<? super I> condition, S strategy) {}

  /**
   * What one rule says about an input.
   *
   * @param rule the name of the rule
   * @param strategy what it leads to
   * @param holds whether it applies to the input
   * @param chosen whether it is the first that does
   * @param <S> the type of the strategies
   */
  public record Answer<S>(String rule, S strategy, boolean holds, boolean chosen) {}

  /**
   * Builds a {@link Selector}. Reusable after a build; not for several threads.
   *
   * @param <I> what is decided about
   * @param <S> the type of the strategies
   */
  public static final class Builder<I, S> {

    private final List<Rule<I, S>> rules = new ArrayList<>();
    private @Nullable String otherwiseName;
    private @Nullable S otherwise;

    private Builder() {}

    /**
     * Adds a rule after those there are.
     *
     * @throws IllegalArgumentException if there is a rule of this name
     */
    public Builder<I, S> when(String name, Predicate<? super I> condition, S strategy) {
      requireNonNull(name, "name");
      if (rules.stream().anyMatch(rule -> rule.name.equals(name))) {
        throw new IllegalArgumentException("there is a rule " + name + " already");
      }
      rules.add(new Rule<>(
          name, requireNonNull(condition, "condition"), requireNonNull(strategy, "strategy")));
      return this;
    }

    /** Sets the strategy for inputs to which no rule applies. There is no default. */
    public Builder<I, S> otherwise(String name, S strategy) {
      otherwiseName = requireNonNull(name, "name");
      otherwise = requireNonNull(strategy, "strategy");
      return this;
    }

    /**
     * Returns a selector with these rules.
     *
     * @throws IllegalStateException if there is no strategy for all other cases
     */
    public Selector<I, S> build() {
      if (otherwise == null || otherwiseName == null) {
        throw new IllegalStateException("no strategy for inputs to which none of the "
            + rules.size() + " rules applies; add otherwise(...), if only one that throws");
      }
      return new Selector<>(rules, otherwiseName, otherwise);
    }
  }
}
