package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.dashboard.CrawlDashboard;
import dev.touchstone.examples.web.WebServerException;
import dev.touchstone.patterns.observe.EventBus;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option of all commands that crawl. */
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
        "Show the crawl on a page while it runs, at an address of this machine",
        "that is printed at the start (default: a free port)."
      })
  void port(int number) {
    if (number < 0 || number > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "PORT must be from 0 to 65535, was " + number);
    }
    port = number;
  }

  /** A dashboard, or none: to be closed with the crawl. */
  interface Shown extends AutoCloseable {

    @Override
    void close();
  }

  /** Opens the dashboard, if it is wanted, and says where. */
  Shown show(Path folder, EventBus<CrawlEvent> events, PrintWriter err) {
    if (port == null) {
      return () -> {};
    }
    try {
      var dashboard = CrawlDashboard.open(folder, events, port);
      announce(dashboard, err);
      return dashboard::close;
    } catch (WebServerException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Says where a dashboard is. */
  static void announce(CrawlDashboard dashboard, PrintWriter err) {
    err.println("Dashboard: " + dashboard.server().uriWithToken());
    err.flush();
  }
}
