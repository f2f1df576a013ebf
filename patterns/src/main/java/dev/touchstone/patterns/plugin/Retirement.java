package dev.touchstone.patterns.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/*
 * The extensions go first and the uses under way are awaited, then the plugin stops, then what it
 * obtained is taken back, last first: at each step, what the next one takes away is no longer in use.
 *
 * Verification comes when all are gone, because a plugin refers to those that it requires, and in a
 * frame that holds none of them, because the interpreter keeps what its frames refer to.
 */
/** Takes plugins down, in the reverse order of their start. */
final class Retirement {

  private record Gone(PluginDescriptor plugin, List<PluginFailure> problems, UnloadWatch watch) {}

  private final ExtensionRegistry registry;
  private final Limits limits;
  private final Callbacks callbacks;
  private final BiConsumer<PluginDescriptor, PluginState> onState;
  private final List<Gone> gone = new ArrayList<>();

  Retirement(
      ExtensionRegistry registry,
      Limits limits,
      Callbacks callbacks,
      BiConsumer<PluginDescriptor, PluginState> onState) {
    this.registry = registry;
    this.limits = limits;
    this.callbacks = callbacks;
    this.onState = onState;
  }

  /** Takes down the last plugin of a list and removes it, until the list is empty. */
  Retirement of(List<RunningPlugin> plugins) {
    while (!plugins.isEmpty()) {
      retire(plugins.removeLast());
    }
    return this;
  }

  private void retire(RunningPlugin plugin) {
    var problems = new ArrayList<PluginFailure>();
    onState.accept(plugin.descriptor(), new PluginState.Stopping());
    takeOutOfUse(plugin, problems);
    plugin.stop(problems);
    var watch = plugin.dispose(problems);
    onState.accept(plugin.descriptor(), new PluginState.Stopped());
    onState.accept(plugin.descriptor(), new PluginState.Unloaded());
    gone.add(new Gone(plugin.descriptor(), problems, watch));
  }

  private void takeOutOfUse(RunningPlugin plugin, List<PluginFailure> problems) {
    var life = plugin.life();
    life.end();
    registry.remove(List.of(life));
    if (!life.awaitIdle(limits.drain())) {
      problems.add(PluginFailure.of("an extension of " + plugin.descriptor()
          + " is still in use after " + limits.drain() + "; the plugin is stopped all the same"));
    }
    life.forget();
  }

  List<PluginFailure> problems() {
    return gone.stream().flatMap(one -> one.problems.stream()).toList();
  }

  /** Looks whether the memory of those that were taken down comes free. */
  UnloadReport verify() {
    callbacks.end(); // with what they left in thread-locals
    return new UnloadReport(gone.stream()
        .map(one ->
            new UnloadReport.Entry(one.plugin, one.problems, one.watch.await(limits.reclaim())))
        .toList());
  }
}
