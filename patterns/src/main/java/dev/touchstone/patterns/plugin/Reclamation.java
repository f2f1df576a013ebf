package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.List;

/** Whether the memory of a plugin that was unloaded has come free. */
public sealed interface Reclamation {

  /**
   * The garbage collector has collected the class loader, and with it every class and object of the
   * plugin.
   *
   * @param after how long that took, counted from the closing of the loader
   */
  record Reclaimed(Duration after) implements Reclamation {}

  /**
   * Something still refers to the plugin.
   *
   * @param suspects what does, as far as it could be found out: platform threads. Empty if it is
   *     something else, as a virtual thread, a static field or a cache of the application: a heap
   *     dump tells
   */
  record Leaked(List<String> suspects) implements Reclamation {
    /** Creates the finding. */
    public Leaked {
      suspects = List.copyOf(suspects);
    }
  }

  /** The host was told not to look, with {@link PluginHost.Builder#reclaimTimeout} zero. */
  record Unverified() implements Reclamation {}
}
