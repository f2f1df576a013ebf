package dev.touchstone.patterns.plugin;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
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
  private static final int MAX_DEPTH = 20; // of causes that an overridden getCause makes up

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
    if (original instanceof PluginFailure copied) {
      return copied;
    }
    return copyOf(original, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /**
   * Copies what was not met before: suppressed exceptions may share causes, and form circles.
   *
   * <p>Code of the plugin runs here, because {@code getMessage} and others may be overridden. Whatever
   * it throws is left out: a failure must not be lost because it cannot be described.
   */
  private static PluginFailure copyOf(Throwable original, int depth, Set<Throwable> met) {
    met.add(original);
    var type = original.getClass().getName();
    var message = ask(original::getMessage);
    var cause = depth < MAX_DEPTH ? ask(original::getCause) : null;
    var copy = new PluginFailure(
        type,
        message == null ? type : type + ": " + message,
        cause == null || met.contains(cause) ? null : copyOf(cause, depth + 1, met));
    ask(() -> {
      copy.setStackTrace(original.getStackTrace());
      return copy;
    });
    for (var suppressed : original.getSuppressed()) {
      if (depth < MAX_DEPTH && !met.contains(suppressed)) {
        copy.addSuppressed(copyOf(suppressed, depth + 1, met));
      }
    }
    return copy;
  }

  private static <T> @Nullable T ask(Supplier<@Nullable T> question) {
    try {
      return question.get();
    } catch (Throwable e) { // also errors: they are the plugin's
      return null;
    }
  }
}
