package dev.touchstone.crawlers;

import crawlercommons.filters.basic.BasicURLNormalizer;
import de.hshn.mi.crawler4j.frontier.HSQLDBFrontierConfiguration;
import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import edu.uci.ics.crawler4j.crawler.CrawlController;
import edu.uci.ics.crawler4j.crawler.Page;
import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.fetcher.PageFetcher;
import edu.uci.ics.crawler4j.parser.HtmlParseData;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtConfig;
import edu.uci.ics.crawler4j.robotstxt.RobotstxtServer;
import edu.uci.ics.crawler4j.url.WebURL;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Crawls a site with crawler4j: robots.txt, no delay, a frontier that can be resumed, one line a page. */
public final class Crawler4jCrawl extends WebCrawler {

  private final String site;
  private final PrintWriter out;

  private Crawler4jCrawl(String site, PrintWriter out) {
    this.site = site;
    this.out = out;
  }

  /** Arguments: the site, a folder, the number of crawlers. */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    var config = new CrawlConfig();
    config.setCrawlStorageFolder(folder.resolve("frontier").toString());
    config.setResumableCrawling(true);
    config.setPolitenessDelay(0);
    // How often it looks whether it is done; the defaults are 10 s each and would only cost time.
    config.setThreadMonitoringDelaySeconds(1);
    config.setThreadShutdownDelaySeconds(1);
    config.setCleanupDelaySeconds(1);
    var normalizer = BasicURLNormalizer.newBuilder()
        .idnNormalization(BasicURLNormalizer.IdnNormalization.NONE)
        .build();
    var fetcher = new PageFetcher(config, normalizer);
    var frontier = new HSQLDBFrontierConfiguration(config, 10);
    var robots =
        new RobotstxtServer(new RobotstxtConfig(), fetcher, frontier.getWebURLFactory());
    var controller = new CrawlController(config, normalizer, fetcher, robots, frontier);
    controller.addSeed(arguments[0]);
    try (var out = open(folder.resolve("pages.jsonl"))) {
      controller.start(
          () -> new Crawler4jCrawl(arguments[0], out), Integer.parseInt(arguments[2]));
    }
  }

  private static PrintWriter open(Path file) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(file));
  }

  @Override
  public boolean shouldVisit(Page from, WebURL link) {
    return link.getURL().startsWith(site);
  }

  @Override
  public void visit(Page page) {
    if (page.getParseData() instanceof HtmlParseData html) {
      out.println("{\"url\":\"%s\",\"title\":\"%s\",\"bytes\":%d,\"links\":%d}"
          .formatted(
              page.getWebURL().getURL(),
              html.getTitle(),
              page.getContentData().length,
              html.getOutgoingUrls().size()));
    }
  }
}
