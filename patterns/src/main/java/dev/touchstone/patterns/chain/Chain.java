package dev.touchstone.patterns.chain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks links in order until one has an answer.
 *
 * {@snippet class="dev.touchstone.patterns.chain.SnippetsTest" region="chain"}
 *
 * <p>What a link throws goes to the caller, and no further link is asked. Immutable: adding a link
 * makes another chain. Safe for use by several threads as far as the links are.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the answers
 */
public final class Chain<I, O> implements Link<I, O> {

  private final List<Named<I, O>> links;

  private Chain(List<Named<I, O>> links) {
    this.links = List.copyOf(links);
  }

  /** Returns a chain without links, which has no answers. */
  public static <I, O> Chain<I, O> create() {
    return new Chain<>(List.of());
  }

  /**
   * Returns this chain with one more link at its end. A chain is a link, too.
   *
   * @throws IllegalArgumentException if the chain has a link of this name
   */
  public Chain<I, O> then(String name, Link<? super I, O> link) {
    requireNonNull(name, "name");
    requireNonNull(link, "link");
    if (links.stream().anyMatch(other -> other.name.equals(name))) {
      throw new IllegalArgumentException("there is a link " + name + " already");
    }
    var more = new ArrayList<>(links);
    more.add(new Named<>(name, link::answer));
    return new Chain<>(more);
  }

  /**
   * Returns what always has an answer: that of the first link that has one, or that of a function.
   *
   * @param last answers what no link did
   */
  public Function<I, O> otherwise(Function<? super I, ? extends O> last) {
    requireNonNull(last, "last");
    return input -> {
      var answer = answer(input);
      return answer.isPresent() ? answer.get() : last.apply(input);
    };
  }

  /** Returns the first answer; empty if no link has one. */
  @Override
  public Optional<O> answer(I input) {
    requireNonNull(input, "input");
    for (var link : links) {
      var answer = link.ask(input);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  /** Asks as {@link #answer} does, and returns what each link that was asked said, in order. */
  public List<Step<O>> explain(I input) {
    requireNonNull(input, "input");
    var steps = new ArrayList<Step<O>>();
    for (var link : links) {
      var answer = link.ask(input);
      steps.add(new Step<>(link.name, answer));
      if (answer.isPresent()) {
        break;
      }
    }
    return List.copyOf(steps);
  }

  @Override
  public String toString() {
    return "Chain" + links.stream().map(Named::name).toList();
  }

  private record Named<I, O>(String name, Link<I, O> link) {

    Optional<O> ask(I input) {
      return requireNonNull(link.answer(input), () -> "the link " + name + " returned null");
    }
  }

  /**
   * What one link said.
   *
   * @param link its name
   * @param answer its answer; empty if it left the input to the next
   * @param <O> the type of the answers
   */
  public record Step<O>(String link, Optional<O> answer) {}
}
