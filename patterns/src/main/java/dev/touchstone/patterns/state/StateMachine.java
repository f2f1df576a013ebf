package dev.touchstone.patterns.state;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * States, events, and what leads from one state to another.
 *
 * {@snippet class="dev.touchstone.patterns.state.SnippetsTest" region="state-machine"}
 *
 * <p><b>A step.</b> An event is given to the transitions of the state, in the order of their
 * definition, then to those of the states around it; the first one whose guard holds is taken. Then
 * the states left run their exit actions, the transition its action, the states entered their enter
 * actions, and only then the state changes. If any of these throws, the state stays what it was, and
 * the exception says in which {@link Phase} that happened. What was done before stays done.
 *
 * <p><b>Events fired by actions</b> are kept until the step has ended, and then taken in order; a step
 * that fails drops them.
 *
 * <p>A machine is immutable and safe for use by several threads. Its {@linkplain Instance instances}
 * are not: each is three fields, without a lock.
 *
 * <p><b>Source:</b> the order of a step and the run to completion are those of UML state machines; that
 * the state changes last is not.
 *
 * @param <S> the type of the states, an enum or anything with {@code equals}
 * @param <E> the type of the events: a sealed interface of records, or an enum
 * @param <C> the type of the context that guards and actions work on
 */
public final class StateMachine<S, E, C> {

  private final Map<S, Node<S, E, C>> nodes;
  private final S start;
  private final String diagram;

  private StateMachine(Map<S, Node<S, E, C>> nodes, S start, String diagram) {
    this.nodes = nodes;
    this.start = start;
    this.diagram = diagram;
  }

  /** Returns a builder of a machine whose instances begin in the given state. */
  public static <S, E, C> Builder<S, E, C> starting(S state) {
    return new Builder<>(requireNonNull(state, "state"));
  }

  /**
   * Returns an instance in the first state, after its enter actions.
   *
   * @throws TransitionException if one of them failed
   */
  public Instance<S, E, C> start(C context) {
    requireNonNull(context, "context");
    var first = node(start);
    first.enterFromOutside(context);
    return new Instance<>(first, context);
  }

  /**
   * Returns an instance in a state that was stored, without running anything.
   *
   * @throws IllegalArgumentException if the machine has no such state
   */
  public Instance<S, E, C> resume(S state, C context) {
    return new Instance<>(node(state), requireNonNull(context, "context"));
  }

  /**
   * Returns the state that an event leads to, without running anything but guards.
   *
   * @throws EventRejectedException if the state does not take the event
   * @throws TransitionException if a guard failed
   * @throws IllegalArgumentException if the machine has no such state
   */
  public S next(S state, E event, C context) {
    requireNonNull(event, "event");
    requireNonNull(context, "context");
    return node(state).choose(event, context).target().state();
  }

  /** Returns the states in which an instance can be, without those that only surround others. */
  public Set<S> states() {
    return nodes.keySet();
  }

  private Node<S, E, C> node(S state) {
    var node = nodes.get(requireNonNull(state, "state"));
    if (node == null) {
      throw new IllegalArgumentException(
          "the machine has no state " + state + "; it has " + nodes.keySet());
    }
    return node;
  }

  /** Returns the machine as the text of a Mermaid state diagram. */
  public String toMermaid() {
    return diagram;
  }

  @Override
  public String toString() {
    return "StateMachine" + nodes.keySet();
  }

  /**
   * Builds a {@link StateMachine}. Reusable after a build; not for several threads.
   *
   * @param <S> the type of the states
   * @param <E> the type of the events
   * @param <C> the type of the context
   */
  public static final class Builder<S, E, C> {

    final S start;
    final List<Rule<S>> rules = new ArrayList<>();
    final Map<S, S> surrounding = new LinkedHashMap<>();
    final Map<S, List<StateAction<? super C>>> enterActions = new LinkedHashMap<>();
    final Map<S, List<StateAction<? super C>>> exitActions = new LinkedHashMap<>();

    @Nullable
    Class<?> completeEvents;

    private Builder(S start) {
      this.start = start;
    }

    /**
     * Begins a transition, for the events of a class and its subclasses in a state. It is added by
     * its last word: {@code go}, {@code stay}, {@code ignore} or {@code reject}.
     */
    public <F extends E> Transition<S, E, C, F> on(S state, Class<F> event) {
      return new Transition<>(this, state, requireNonNull(event, "event"));
    }

    /**
     * Begins a transition, for one constant of an enum in a state.
     *
     * @throws IllegalArgumentException if the event is no enum constant
     */
    public Transition<S, E, C, E> on(S state, E event) {
      if (!(requireNonNull(event, "event") instanceof Enum<?>)) {
        throw new IllegalArgumentException(
            "an event that is no enum constant is named by its class: "
                + event.getClass().getName());
      }
      return new Transition<>(this, state, event);
    }

    /**
     * Puts states into another one, which surrounds them: events that they do not take are given to
     * it, and its enter and exit actions run when the first of them is entered and the last is left.
     * A surrounding state is never the state of an instance.
     *
     * @throws IllegalArgumentException if one of the states is in another already
     */
    @SafeVarargs
    public final Builder<S, E, C> within(S outer, S... inner) {
      requireNonNull(outer, "outer");
      for (var state : inner) {
        var other = surrounding.putIfAbsent(requireNonNull(state, "inner"), outer);
        if (other != null) {
          throw new IllegalArgumentException(state + " is within " + other + " already");
        }
      }
      return this;
    }

    /** Adds an action for whenever a state is entered. */
    public Builder<S, E, C> onEnter(S state, StateAction<? super C> action) {
      return add(enterActions, state, action);
    }

    /** Adds an action for whenever a state is left. */
    public Builder<S, E, C> onExit(S state, StateAction<? super C> action) {
      return add(exitActions, state, action);
    }

    private Builder<S, E, C> add(
        Map<S, List<StateAction<? super C>>> actions, S state, StateAction<? super C> action) {
      actions
          .computeIfAbsent(requireNonNull(state, "state"), s -> new ArrayList<>())
          .add(requireNonNull(action, "action"));
      return this;
    }

    /**
     * Demands that every state says what it does with every event, to be checked by {@link #build}.
     *
     * @param events a sealed type or an enum
     * @throws IllegalArgumentException if it is neither
     */
    public Builder<S, E, C> complete(Class<E> events) {
      if (!events.isSealed() && !events.isEnum()) {
        throw new IllegalArgumentException(
            events.getName() + " is neither sealed nor an enum, so that its events are not known");
      }
      completeEvents = events;
      return this;
    }

    /**
     * Returns the machine.
     *
     * @throws IllegalStateException if a state cannot be reached, or is never mentioned though it is a
     *     constant of the states' enum; if a transition can never be taken because of one before it;
     *     if a transition leads to a surrounding state; if states surround each other; or if the
     *     machine is to be complete and is not. The message names all there are of the first kind found
     */
    public StateMachine<S, E, C> build() {
      var compiled = new Compiler<>(this);
      return new StateMachine<>(compiled.nodes(), start, compiled.diagram());
    }
  }

  /**
   * A transition that is being described. Not for several threads.
   *
   * @param <S> the type of the states
   * @param <E> the type of the events of the machine
   * @param <C> the type of the context
   * @param <F> the type of the events of this transition
   */
  public static final class Transition<S, E, C, F extends E> {

    private final Builder<S, E, C> builder;
    private final S state;
    private final Object event;
    private @Nullable String guardName;
    private @Nullable BiPredicate<? super F, ? super C> guard;
    private @Nullable Action<? super F, ? super C> action;

    private Transition(Builder<S, E, C> builder, S state, Object event) {
      this.builder = builder;
      this.state = requireNonNull(state, "state");
      this.event = event;
    }

    /**
     * Lets the transition be taken only if a guard holds.
     *
     * @param name says in diagrams and messages what is asked
     */
    public Transition<S, E, C, F> when(String name, BiPredicate<? super F, ? super C> guard) {
      this.guardName = requireNonNull(name, "name");
      this.guard = requireNonNull(guard, "guard");
      return this;
    }

    /** Sets what is done in the transition. */
    public Transition<S, E, C, F> run(Action<? super F, ? super C> action) {
      this.action = requireNonNull(action, "action");
      return this;
    }

    /** Adds the transition: to a state, which is left and entered even if it is the same. */
    public Builder<S, E, C> go(S target) {
      return add(Rule.Kind.GO, requireNonNull(target, "target"));
    }

    /** Adds the transition: the state is neither left nor entered, only the action runs. */
    public Builder<S, E, C> stay() {
      return add(Rule.Kind.STAY, state);
    }

    /**
     * Adds that the event is taken and nothing happens.
     *
     * @throws IllegalStateException if there is an action
     */
    public Builder<S, E, C> ignore() {
      checkNoAction("ignored");
      return add(Rule.Kind.STAY, state);
    }

    /**
     * Adds that the event is not taken, though a surrounding state may take it.
     *
     * @throws IllegalStateException if there is an action
     */
    public Builder<S, E, C> reject() {
      checkNoAction("rejected");
      return add(Rule.Kind.REJECT, state);
    }

    private void checkNoAction(String what) {
      if (action != null) {
        throw new IllegalStateException("an event that is " + what + " has no action; in " + state
            + " on " + Rule.nameOf(event));
      }
    }

    @SuppressWarnings("unchecked") // guards and actions are given events of their type only
    private Builder<S, E, C> add(Rule.Kind kind, S target) {
      builder.rules.add(new Rule<>(
          kind,
          state,
          event,
          target,
          guardName,
          (BiPredicate<Object, Object>) (BiPredicate<?, ?>) guard,
          (Action<Object, Object>) (Action<?, ?>) action));
      return builder;
    }
  }
}
