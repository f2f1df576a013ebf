package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.route.RequestFilters;
import dev.touchstone.examples.pluginapp.CrawlAdditions;
import dev.touchstone.examples.pluginapp.GatewayFilters;
import dev.touchstone.examples.pluginapp.PluginHome;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.scraper.definition.Additions;
import dev.touchstone.patterns.lazy.Lazy;

/** The plugins of the user that add to what crawls and gateways can do. */
final class UserPlugins {

  /* Most definitions need none, so the plugins are loaded when one asks for what crawls and gateways do
   * not know themselves; and they end with the process. */
  private static final Lazy<Workbench> WORKBENCH = Lazy.constant(UserPlugins::load);

  private UserPlugins() {}

  static Additions additions() {
    return CrawlAdditions.of(WORKBENCH);
  }

  static RequestFilters filters() {
    return GatewayFilters.of(WORKBENCH);
  }

  private static Workbench load() {
    var workbench = Workbench.open(PluginHome.ofUser());
    Runtime.getRuntime().addShutdownHook(new Thread(workbench::close, "plugins"));
    workbench.load();
    return workbench;
  }
}
