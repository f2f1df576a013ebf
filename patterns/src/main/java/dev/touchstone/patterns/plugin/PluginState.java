package dev.touchstone.patterns.plugin;

import java.util.List;

/** Where a plugin is in its life. */
public sealed interface PluginState {

  /** Its jar was found and read. */
  record Discovered() implements PluginState {}

  /**
   * It was not let in; none of its code ran.
   *
   * @param reasons why, at least one
   */
  record Rejected(List<Reason> reasons) implements PluginState {
    /** Creates the state. */
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }

  /** It was chosen, and everything that it requires too. */
  record Resolved() implements PluginState {}

  /** It is being started. */
  record Starting() implements PluginState {}

  /** It is at work. */
  record Active() implements PluginState {}

  /**
   * It could not be started. What it had obtained was taken back.
   *
   * @param phase how far it came
   * @param cause what it threw, without objects of the plugin
   */
  record Failed(Phase phase, PluginFailure cause) implements PluginState {}

  /** It is being stopped. */
  record Stopping() implements PluginState {}

  /** It has stopped, and what it had obtained was taken back. */
  record Stopped() implements PluginState {}

  /** Its class loader is closed. */
  record Unloaded() implements PluginState {}

  /** How far a plugin that failed had come. */
  enum Phase {
    /** A plugin that it requires failed; none of its code ran. */
    DEPENDENCY,

    /** The old version was asked to make room for this one, and did not. */
    QUIESCE,

    /** Its class was loaded and created. */
    CREATE,

    /** {@link Plugin#start} was called. */
    START,

    /** The classes listed in {@code META-INF/services} were loaded. */
    EXTENSIONS
  }
}
