package dev.touchstone.patterns.plugin;

import org.jspecify.annotations.Nullable;

/*
 * A copy, because the original would keep the plugin's loader alive for as long as the report is kept:
 * through its class if that is the plugin's, and in any case through the backtrace, which refers to the
 * classes of all frames.
 */
/**
 * What a plugin threw, as a copy without objects of the plugin: type, message, stack trace, cause and
 * suppressed exceptions. It may be kept without keeping the plugin in memory.
 */
public final class PluginFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MAX_DEPTH = 20; // of causes, which may form a circle

  private final String originalType;

  private PluginFailure(String originalType, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.originalType = originalType;
  }

  /** Returns the name of the class of what was thrown. */
  public String originalType() {
    return originalType;
  }

  static PluginFailure of(String message) {
    return new PluginFailure(PluginFailure.class.getName(), message, null);
  }

  static PluginFailure copyOf(Throwable original) {
    return original instanceof PluginFailure copied ? copied : copyOf(original, 0);
  }

  private static PluginFailure copyOf(Throwable original, int depth) {
    var cause = depth < MAX_DEPTH ? original.getCause() : null;
    var copy = new PluginFailure(
        original.getClass().getName(),
        textOf(original),
        cause == null ? null : copyOf(cause, depth + 1));
    copy.setStackTrace(original.getStackTrace());
    if (depth < MAX_DEPTH) {
      for (var suppressed : original.getSuppressed()) {
        copy.addSuppressed(copyOf(suppressed, depth + 1));
      }
    }
    return copy;
  }

  /** Code of the plugin runs here: {@code getMessage} may be overridden. */
  private static String textOf(Throwable original) {
    var type = original.getClass().getName();
    try {
      var message = original.getMessage();
      return message == null ? type : type + ": " + message;
    } catch (RuntimeException e) {
      return type + ", whose message cannot be had";
    }
  }
}
