package dev.touchstone.patterns.state;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a state does with an event.
 *
 * @param event the class of the event, or an enum constant
 */
record Rule<S>(
    Kind kind,
    S state,
    Object event,
    S target,
    @Nullable String guardName,
    @Nullable BiPredicate<Object, Object> guard,
    @Nullable Action<Object, Object> action) {

  enum Kind {
    GO,
    STAY,
    REJECT
  }

  /** Returns whether this rule is for events of the given class or, if it is one, constant. */
  boolean isFor(Object kind) {
    return event instanceof Class<?> type
        ? type.isAssignableFrom(kind instanceof Class<?> other ? other : kind.getClass())
        : event.equals(kind);
  }

  boolean holds(Object fired, Object context) {
    return guard == null || guard.test(fired, context);
  }

  static String nameOf(Object event) {
    return event instanceof Class<?> type ? type.getSimpleName() : event.toString();
  }

  /** Returns what an arrow in a diagram says. */
  String label() {
    return nameOf(event) + (guardName == null ? "" : " [" + guardName + "]");
  }
}
