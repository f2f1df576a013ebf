package dev.touchstone.examples.gateway.backend;

import dev.touchstone.apiclient.observe.CallObserver;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The backends of a gateway, by their names.
 *
 * <p>They are immutable: {@link #replacedBy} makes others when the definition changes, which share the
 * connections and take over each backend whose entry is the same, with what its breaker has seen.
 */
public final class Backends implements AutoCloseable {

  /** The field that tells a backend for how many milliseconds it is waited for. */
  public static final String DEADLINE_FIELD = "X-Request-Deadline-Ms";

  private final Connections connections;
  private final CallObserver observer;
  private final Map<String, Backend> backends;

  private Backends(Connections connections, CallObserver observer, Map<String, Backend> backends) {
    this.connections = connections;
    this.observer = observer;
    this.backends = backends;
  }

  /**
   * Opens backends; nothing is connected yet.
   *
   * @param observer is told of the calls
   */
  public static Backends open(Collection<BackendDefinition> definitions, CallObserver observer) {
    return new Backends(new Connections(), observer, Map.of()).replacedBy(definitions);
  }

  /** Returns the backends of another definition. These can be used as before. */
  public Backends replacedBy(Collection<BackendDefinition> definitions) {
    var others = new LinkedHashMap<String, Backend>();
    for (var definition : definitions) {
      var old = backends.get(definition.name());
      others.put(
          definition.name(),
          old != null && old.definition().isSameAs(definition)
              ? old
              : new Backend(definition, connections.okHttp(), observer));
    }
    return new Backends(connections, observer, others);
  }

  /**
   * Returns the backend of a name.
   *
   * @throws IllegalArgumentException if there is none: plans are checked for that
   */
  public Backend get(String name) {
    var backend = backends.get(name);
    if (backend == null) {
      throw new IllegalArgumentException("there is no backend " + name);
    }
    return backend;
  }

  /** Returns how they do, in the order of the definition. */
  public List<Backend.State> states() {
    return backends.values().stream().map(Backend::state).toList();
  }

  /** Closes the connections, also of the backends that this replaced and was replaced by. */
  @Override
  public void close() {
    backends.values().forEach(backend -> backend.client().close());
    connections.close();
  }
}
