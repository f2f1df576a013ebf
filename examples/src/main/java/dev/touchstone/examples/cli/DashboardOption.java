package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.dashboard.CrawlDashboard;
import dev.touchstone.examples.web.WebServer;
import dev.touchstone.examples.web.WebServerException;
import dev.touchstone.patterns.observe.EventBus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option of all commands that work and can show it. */
final class DashboardOption {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  private @Nullable Integer port;

  @Option(
      names = "--dashboard",
      arity = "0..1",
      paramLabel = "PORT",
      fallbackValue = "0",
      description = {
        "Show the work on a page while it runs, at an address of this machine",
        "that is printed at the start (default: a free port)."
      })
  void port(int number) {
    port = PortOption.checked(number, spec);
  }

  /** A dashboard, or none: to be closed with what it shows. */
  interface Shown extends AutoCloseable {

    @Override
    void close();
  }

  /** Returns whether a dashboard is wanted. */
  boolean isWanted() {
    return port != null;
  }

  /** Opens the dashboard of a crawl, if it is wanted, and says where. */
  Shown show(Path folder, EventBus<CrawlEvent> events, PrintWriter err) {
    return show(wanted -> {
      var dashboard = CrawlDashboard.open(folder, events, wanted);
      announce(dashboard.server(), err);
      return dashboard::close;
    });
  }

  /** Opens a dashboard, if it is wanted. */
  Shown show(IntFunction<Shown> opener) {
    if (port == null) {
      return () -> {};
    }
    try {
      return opener.apply(port);
    } catch (WebServerException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Says where a dashboard is. */
  static void announce(WebServer server, PrintWriter err) {
    err.println("Dashboard: " + server.uriWithToken());
    err.flush();
  }
}
