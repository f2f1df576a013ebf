package dev.touchstone.examples.tour;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.gateway.dashboard.GatewayDashboard;
import dev.touchstone.examples.pluginapp.console.Console;
import dev.touchstone.examples.scraper.dashboard.CrawlDashboard;
import dev.touchstone.examples.taskqueue.admin.Redaction;
import dev.touchstone.examples.taskqueue.dashboard.QueueDashboard;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Figures;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Site;
import dev.touchstone.examples.web.WebRequest;
import dev.touchstone.examples.web.WebServer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One page that shows what a tour has left open, and leads to the pages of the four applications, which
 * it opens on ports of loopback. Safe for use by several threads.
 */
public final class TourConsole implements AutoCloseable {

  private final TourReport report;
  private final TourStops stops;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final URI crawl;
  private final URI queue;
  private final URI plugins;
  private final URI gateway;
  private final WebServer server;

  private TourConsole(TourReport report, TourStops stops, int port) {
    this.report = report;
    this.stops = stops;
    try {
      var crawlPages = opened(CrawlDashboard.open(stops.crawl(), 0));
      crawl = crawlPages.server().uriWithToken();
      var queuePages =
          opened(QueueDashboard.open(stops.store(), stops.storeName(), Redaction.byName(), 0));
      queue = queuePages.server().uriWithToken();
      var pluginPages = opened(Console.open(stops.workbench(), report.folder(), 0));
      plugins = pluginPages.server().uriWithToken();
      var gatewayPages = opened(GatewayDashboard.open(stops.gateway(), stops.traffic(), 0));
      gateway = gatewayPages.server().uriWithToken();
      var site =
          Site.builder("Touchstone", "tour").page("/", "Tour", this::show).build();
      server = opened(WebServer.open(site, port));
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T pages) {
    opened.push(pages);
    return pages;
  }

  /**
   * Opens it.
   *
   * @param stops what the tour has left open; it must stay so
   * @param port 0 for a free one
   * @throws dev.touchstone.examples.web.WebServerException if a port cannot be had
   */
  public static TourConsole open(TourReport report, TourStops stops, int port) {
    return new TourConsole(report, stops, port);
  }

  /** Returns the server, for its address. */
  public WebServer server() {
    return server;
  }

  private Answer show(WebRequest request) {
    return new Answer.Page(
        "The tour",
        Html.of(
            tag(
                "p",
                "Four applications have worked on a web site and its APIs. Here is what each"
                    + " of them did; its own pages tell more."),
            Panel.row(
                panel("Web scraper", crawl, crawl()),
                panel("Task queue", queue, queue()),
                panel("Plugins", plugins, plugins()),
                panel("API gateway", gateway, gateway()),
                Panel.of("Try it", tries()))));
  }

  private static Html panel(String heading, URI pages, Html content) {
    return Panel.of(Width.HALF, heading, link(pages.toString(), "Open its pages"), content);
  }

  private Html crawl() {
    var tally = report.crawl();
    return new Figures()
        .add("Pages", number(tally.pages()), "of " + number(tally.visited()) + " addresses")
        .add("Left alone", number(tally.excluded()), "as robots.txt asks")
        .add("Dead links", number(tally.refused()), number(tally.retries()) + " retries elsewhere")
        .html();
  }

  private Html queue() {
    var dead = stops.store().queues().stream().mapToLong(each -> each.dead()).sum();
    return new Figures()
        .add("Jobs done", number(report.jobs()), "each once")
        .add("Requests", number(report.attempts()), "for " + number(report.assays()) + " assays")
        .add("Dead letters", number(dead), "")
        .html();
  }

  private Html plugins() {
    return new Figures()
        .add("Plugins", number(stops.workbench().host().plugins().size()), "at work")
        .add("Offers", number(stops.workbench().contributions().size()), "sources, sinks, verbs")
        .add("Runs", number(stops.workbench().runs().list().size()), "of recipes")
        .html();
  }

  private Html gateway() {
    return new Figures()
        .add("Routes", number(stops.gateway().plan().definition().routes().size()), "")
        .add("Backends", number(stops.gateway().backends().size()), "")
        .add("Answers kept", number(stops.gateway().cache().entries()), "in the cache")
        .html();
  }

  private Html tries() {
    return tag(
        "ul",
        tag(
                "li",
                link(report.gathered().uri().toString(), report.gathered().uri().toString()))
            .add(": three APIs in one answer"),
        tag("li", link(report.site().toString(), report.site().toString()))
            .add(": the site that was crawled"),
        tag("li", tag("code", report.folder().resolve("minerals.html").toString()))
            .add(": the page that a plugin made"));
  }

  private static String number(long value) {
    return "%,d".formatted(value);
  }

  /** Closes what was opened, the last first, and adds to a failure what else goes wrong. */
  private void closeAfter(Exception failure) {
    for (var each : opened) {
      try {
        each.close();
      } catch (Exception e) { // the next is to be closed all the same
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    var failure = new IllegalStateException("cannot close all pages of the tour");
    closeAfter(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
