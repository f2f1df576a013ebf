package dev.touchstone.examples.pluginapp;

import static java.util.stream.Collectors.joining;

import dev.touchstone.patterns.plugin.LoadReport;
import dev.touchstone.patterns.plugin.PluginDescriptor;
import dev.touchstone.patterns.plugin.PluginState;
import dev.touchstone.patterns.plugin.Reason;
import dev.touchstone.patterns.plugin.Reclamation;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.plugin.UnloadReport;
import java.util.Locale;

/** Says in sentences what became of plugins. */
public final class Problems {

  private Problems() {}

  /** Returns a line about a jar that was looked at. */
  public static String describe(LoadReport.Entry entry) {
    var who = entry
        .plugin()
        .map(PluginDescriptor::toString)
        .orElseGet(() -> String.valueOf(entry.jar().getFileName()));
    return who + " " + describe(entry.state());
  }

  /** Returns where a plugin is in its life, and why. */
  public static String describe(PluginState state) {
    return switch (state) {
      case PluginState.Rejected rejected ->
        "was not let in: "
            + rejected.reasons().stream().map(Reason::message).collect(joining("; "));
      case PluginState.Failed(var phase, var cause) ->
        "failed in the phase " + phase.name().toLowerCase(Locale.ROOT) + ": " + cause.getMessage();
      default -> word(state);
    };
  }

  /** Returns where a plugin is in its life, in a word. */
  public static String word(PluginState state) {
    return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Returns a line about a plugin that was unloaded. */
  public static String describe(UnloadReport.Entry entry) {
    var memory = switch (entry.reclamation()) {
      case Reclamation.Reclaimed(var after) ->
        "its memory came free after " + after.toMillis() + " ms";
      case Reclamation.Leaked(var suspects) ->
        "something still holds its memory: "
            + (suspects.isEmpty()
                ? "no thread, so take a heap dump and look for its class loader"
                : String.join("; ", suspects));
      case Reclamation.Unverified unverified -> "its memory was not watched";
    };
    var problems = entry.problems().stream().map(e -> "; " + e.getMessage()).collect(joining());
    return entry.plugin() + " was unloaded; " + memory + problems;
  }

  /** Returns a line about a replacement. */
  public static String describe(ReplaceReport report) {
    return switch (report) {
      case ReplaceReport.Replaced(var started, var unloaded) ->
        started.stream().map(PluginDescriptor::toString).collect(joining(", "))
            + " started; "
            + unloaded.entries().stream().map(Problems::describe).collect(joining(", "));
      case ReplaceReport.Kept(var plugin, var state, var problems) ->
        "nothing was replaced, because " + plugin + " " + describe(state)
            + problems.stream().map(e -> "; " + e.getMessage()).collect(joining());
    };
  }
}
