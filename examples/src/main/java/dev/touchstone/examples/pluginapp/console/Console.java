package dev.touchstone.examples.pluginapp.console;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.web.Site;
import dev.touchstone.examples.web.WebServer;
import java.nio.file.Path;

/**
 * Serves the console of a workbench on a port of loopback.
 *
 * <p>Whoever knows its address can load plugins, which can do whatever the user can. Safe for use by
 * several threads.
 */
public final class Console implements AutoCloseable {

  private final WebServer server;

  private Console(WebServer server) {
    this.server = server;
  }

  /**
   * Opens the console of a workbench that is loaded.
   *
   * @param recipes the folder whose recipes are shown
   * @param port 0 for a free one
   * @throws dev.touchstone.examples.web.WebServerException if the port cannot be had
   */
  public static Console open(Workbench workbench, Path recipes, int port) {
    var notices = new Notices(workbench);
    var plugins = new PluginPages(workbench, notices);
    var runs = new RunPages(workbench, notices);
    var book = new RecipePages(workbench, recipes, notices);
    var themes = new Themes(workbench);
    var site = Site.builder(
            "Workbench", String.valueOf(workbench.home().folder().getFileName()))
        .page("/", "Plugins", plugins::list)
        .page("/offers", "Offers", new OfferPages(workbench, themes)::list)
        .page("/graph", "Graph", new GraphPage(workbench)::show)
        .page("/recipes", "Recipes", book::list)
        .page("/runs", "Runs", runs::list)
        .post("/plugins/start", plugins::start)
        .post("/plugins/stop", plugins::stop)
        .post("/plugins/replace", plugins::replace)
        .post("/recipes/run", book::run)
        .post("/runs/cancel", runs::cancel)
        .post("/themes/choose", themes::choose)
        .colours("/theme.css", themes::css)
        .build();
    return new Console(WebServer.open(site, port));
  }

  /** Returns the server, for its address. */
  public WebServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
