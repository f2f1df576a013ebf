package dev.touchstone.examples.gateway;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.Listen;
import java.util.Optional;

/** Thrown when a plan differs from the one that is served in what only a restart can change. */
public final class RestartNeededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private RestartNeededException(String name, Object old, Object next) {
    super("'%s' was %s and would be %s, which takes a restart; the old definition goes on"
        .formatted(name, old, next));
  }

  static void check(GatewayDefinition old, GatewayDefinition next) {
    check("listen", old.listen(), next.listen());
    check("admin", text(old.admin()), text(next.admin()));
    check("trust", old.trust(), next.trust());
    check("cache", old.cacheBytes(), next.cacheBytes());
  }

  private static String text(Optional<Listen> listen) {
    return listen.map(Listen::toString).orElse("none");
  }

  private static void check(String name, Object old, Object next) {
    if (!old.equals(next)) {
      throw new RestartNeededException(name, old, next);
    }
  }
}
