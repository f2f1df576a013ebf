package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.fetch.Exchange;
import dev.touchstone.examples.scraper.fetch.Fetched;
import dev.touchstone.examples.scraper.fetch.Keep;
import dev.touchstone.examples.scraper.fetch.Limits;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.page.Outcome;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Fetches one address as a crawl would. */
@Command(
    name = "fetch",
    description = {
      "Fetches one address as a crawl would, and tells what it makes of the answer.",
      "It asks once and does not ask robots.txt: you do."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlFetchCommand implements Callable<Integer> {

  @Mixin
  private final AskedAddress asked = new AskedAddress();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (var fetcher =
        PageFetcher.open(Version.agent(), asked.reach(), Limits.DEFAULT, Set.of(Keep.EXCHANGES))) {
      var fetched = fetcher.fetch(asked.url());
      if (fetched.outcome() instanceof Outcome.Failed failed) {
        throw new CommandFailedException(
            "cannot fetch %s: %s".formatted(asked.url(), failed.reason()));
      }
      print(fetched);
      return ExitStatus.OK;
    }
  }

  private void print(Fetched fetched) {
    var out = spec.commandLine().getOut();
    if (json) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("address", asked.url());
      figures.put("kind", fetched.outcome().kind());
      figures.put("outcome", fetched.outcome());
      fetched.exchange().ifPresent(exchange -> figures.put("headers", exchange.headers()));
      out.println(JsonMapper.shared().writeValueAsString(figures));
      return;
    }
    var status = fetched.exchange().map(Exchange::status);
    out.println(
        switch (fetched.outcome()) {
          case Outcome.Page page ->
            "page (%d): '%s', %,d bytes, %,d links"
                .formatted(
                    status.orElse(200), page.title(), page.bytes(), page.links().size());
          case Outcome.Redirect redirect ->
            "redirect (%d) to %s".formatted(redirect.status(), redirect.target());
          case Outcome.Other other -> "other content: " + other.contentType();
          case Outcome.Refused refused -> "refused with " + refused.status();
          case Outcome.Failed failed -> "failed: " + failed.reason();
          case Outcome.Excluded excluded -> "excluded";
          case Outcome.Unchanged unchanged -> "unchanged";
        });
    fetched
        .exchange()
        .ifPresent(exchange -> exchange
            .headers()
            .forEach(
                (name, values) -> values.forEach(value -> out.printf("  %s: %s%n", name, value))));
  }
}
