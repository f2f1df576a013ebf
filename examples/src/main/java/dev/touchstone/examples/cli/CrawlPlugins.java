package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.CrawlAdditions;
import dev.touchstone.examples.pluginapp.PluginHome;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.scraper.definition.Additions;
import dev.touchstone.patterns.lazy.Lazy;

/** The plugins of the user that add to what crawls can do. */
final class CrawlPlugins {

  /* Most crawls need none, so the plugins are loaded when a definition asks for what crawls do not know
   * themselves; and for one crawl of the process or none, so they end with the process. */
  private static final Lazy<Workbench> WORKBENCH = Lazy.constant(CrawlPlugins::load);

  private CrawlPlugins() {}

  static Additions additions() {
    return CrawlAdditions.of(WORKBENCH);
  }

  private static Workbench load() {
    var workbench = Workbench.open(PluginHome.ofUser());
    Runtime.getRuntime().addShutdownHook(new Thread(workbench::close, "plugins-of-crawls"));
    workbench.load();
    return workbench;
  }
}
