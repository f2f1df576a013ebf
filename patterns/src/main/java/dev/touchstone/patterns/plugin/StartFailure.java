package dev.touchstone.patterns.plugin;

/** A plugin did not start. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient PluginState.Failed state;

  StartFailure(PluginState.Phase phase, PluginFailure cause) {
    super(cause);
    state = new PluginState.Failed(phase, cause);
  }

  PluginState.Failed state() {
    return state;
  }
}
