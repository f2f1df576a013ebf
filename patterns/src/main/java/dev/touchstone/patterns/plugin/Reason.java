package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

/**
 * Why a plugin was not let in.
 *
 * @param kind what was wrong, for programs
 * @param message what was expected, what was found and what to do, for people
 */
public record Reason(Kind kind, String message) {

  /** What can be wrong with a plugin before any of its code runs. */
  public enum Kind {
    /** The file cannot be read as a jar, or its entries lead outside of it. */
    NOT_A_JAR,

    /** The {@link Trust} of the host does not cover the jar. */
    NOT_TRUSTED,

    /** The descriptor is missing or says something impossible. */
    DESCRIPTOR,

    /** Another jar has the same id and version. */
    DUPLICATE,

    /** The plugin does not run in this version of the application. */
    HOST_VERSION,

    /** A higher version of the plugin was chosen, or one is active. */
    SUPERSEDED,

    /** A plugin that it requires is not there, or not in a version that would do. */
    MISSING_DEPENDENCY,

    /** It requires, through others, itself. */
    CYCLE,

    /** What it requires and what others require cannot be had together. */
    CONFLICT
  }

  /** Creates a reason. */
  public Reason {
    requireNonNull(kind, "kind");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return kind + ": " + message;
  }
}
