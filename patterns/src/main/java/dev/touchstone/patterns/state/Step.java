package dev.touchstone.patterns.state;

/** A rule as it applies in one state, with the actions that taking it runs. */
final class Step<S, E, C> {

  final Rule<S> rule;
  private final S from;
  private final Node<S, E, C> target;
  private final StateAction<? super C>[] exits;
  private final StateAction<? super C>[] enters;

  Step(
      Rule<S> rule,
      S from,
      Node<S, E, C> target,
      StateAction<? super C>[] exits,
      StateAction<? super C>[] enters) {
    this.rule = rule;
    this.from = from;
    this.target = target;
    this.exits = exits;
    this.enters = enters;
  }

  Node<S, E, C> target() {
    return target;
  }

  boolean holds(E event, C context) {
    try {
      return rule.holds(event, context);
    } catch (Throwable e) {
      throw failed(Phase.GUARD, from, name(), e);
    }
  }

  /** Runs all actions; returns normally only if none of them threw. */
  void run(E event, C context) {
    runAll(exits, context, Phase.EXIT, from, name());
    var action = rule.action();
    if (action != null) {
      try {
        action.run(event, context);
      } catch (Throwable e) {
        throw failed(Phase.ACTION, from, name(), e);
      }
    }
    runAll(enters, context, Phase.ENTER, from, name());
  }

  private String name() {
    return Rule.nameOf(rule.event());
  }

  static <C> void runAll(
      StateAction<? super C>[] actions, C context, Phase phase, Object state, String event) {
    for (var action : actions) {
      try {
        action.run(context);
      } catch (Throwable e) {
        throw failed(phase, state, event, e);
      }
    }
  }

  private static TransitionException failed(
      Phase phase, Object state, String event, Throwable cause) {
    if (cause instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new TransitionException(phase, state, event, cause);
  }
}
