package dev.touchstone.examples.tour;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.Tally;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What the crawl has found so far.
 *
 * @param tally what became of the addresses
 * @param minerals the names of minerals that have a page, as segments of paths
 */
record Findings(Tally tally, List<String> minerals) {

  private static final String MINERALS = "/minerals/";

  static Findings of(TourFolder folder) {
    try (var view = CrawlView.open(CrawlHome.database(folder.crawl()))) {
      var minerals = new ArrayList<String>();
      view.forEachAddress(address -> {
        var path = URI.create(String.valueOf(address.get("url"))).getPath();
        if ("page".equals(address.get("outcome")) && path.startsWith(MINERALS)) {
          minerals.add(path.substring(MINERALS.length()));
        }
      });
      return new Findings(view.overview().tally(), List.copyOf(minerals));
    }
  }
}
