package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer;
import dev.touchstone.examples.scraper.politeness.RobotsRules;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Asks a site for its {@code robots.txt}. */
@Command(
    name = "robots",
    description = "Tells what the robots.txt of a site says of an address, and in which line.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlRobotsCommand implements Callable<Integer> {

  @Mixin
  private final AskedAddress asked = new AskedAddress();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (var fetcher = PageFetcher.open(Version.agent(), asked.reach())) {
      print(
          switch (fetcher.robots(Addresses.origin(asked.url()))) {
            case RobotsAnswer.Known known -> known.rules();
            case RobotsAnswer.Unavailable failure -> throw cannot(failure.reason());
            case RobotsAnswer.Unreachable failure -> throw cannot(failure.reason());
          });
      return ExitStatus.OK;
    }
  }

  private CommandFailedException cannot(String reason) {
    return new CommandFailedException(
        "nothing may be fetched from %s, because its robots.txt cannot be had: %s"
            .formatted(Addresses.origin(asked.url()), reason));
  }

  private void print(RobotsRules rules) {
    var verdict = rules.explain(asked.url());
    var out = spec.commandLine().getOut();
    if (json) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("address", asked.url());
      figures.put("isAllowed", verdict.isAllowed());
      figures.put("line", verdict.line());
      figures.put("text", verdict.text());
      figures.put("crawlDelay", rules.crawlDelay().map(delay -> delay.toMillis() / 1e3));
      figures.put("sitemaps", rules.sitemaps());
      out.println(JsonMapper.shared().writeValueAsString(figures));
      return;
    }
    out.printf("%s is %s%n", asked.url(), CrawlWhyCommand.inWords(verdict));
    rules.crawlDelay().ifPresent(d -> out.printf("crawl delay %s%n", CrawlFigures.seconds(d)));
    rules.sitemaps().forEach(sitemap -> out.printf("sitemap %s%n", sitemap));
  }
}
