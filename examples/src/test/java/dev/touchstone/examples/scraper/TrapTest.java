package dev.touchstone.examples.scraper;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A site full of traps is crawled to its end, within the budgets of its definition. */
class TrapTest {

  @TempDir
  private Path folder;

  @Test
  @Timeout(120)
  void endsWithinItsBudgets() throws IOException {
    var outcomes = new ArrayList<CrawlEvent.Visited>();
    try (var site = TrapSite.open();
        var events = EventBus.of(CrawlEvent.class).build()) {
      events.on(CrawlEvent.Visited.class, outcomes::add);
      var definition = CrawlDefinition.parse("traps.yaml", """
          seeds: [%s]
          scope: {perShape: 25, maxDepth: 60}
          politeness: {floor: 0, perHost: 8}
          limits: {body: 2MB, time: 5s}
          reach: anywhere
          out: [{jsonl: out.jsonl}]
          """.formatted(site.uri()));
      try (var fetcher = definition.fetcher("touchstone-test");
          var home = CrawlHome.create(
              folder.resolve("crawl"), Storage.disk(), definition.sinks("touchstone-test"))) {
        var report = new Crawler(fetcher, definition.plan(), definition.settings(), events)
            .crawl(definition.seeds(), home);

        assertThat(report.end()).isEqualTo(End.COMPLETE);
        assertThat(report.waiting()).isZero();
      }
    }

    var byTrap = byTrap(outcomes);
    assertThat(byTrap.get("good")).hasOnlyElementsOfType(Outcome.Page.class).hasSize(1);
    assertThat(byTrap.get("calendar")).hasSize(25);
    assertThat(byTrap.get("session")).hasSize(1);
    assertThat(byTrap.get("deep")).hasSize(3);
    assertThat(byTrap.get("loop")).hasSize(2);
    assertThat(byTrap.get("drip")).singleElement().isInstanceOf(Outcome.Failed.class);
    assertThat(byTrap.get("bomb"))
        .containsExactly(
            new Outcome.Failed(
                "the body cannot be used: it is compressed more than 200 to 1, like a decompression bomb"));
    assertThat(byTrap.get("endless"))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Page.class, page -> assertThat(page.bytes()).isEqualTo(2_000_000));
  }

  private static Map<String, List<Outcome>> byTrap(List<CrawlEvent.Visited> visits) {
    return visits.stream()
        .collect(groupingBy(
            visit -> visit.link().uri().getPath().split("/", 3)[1],
            mapping(CrawlEvent.Visited::outcome, toList())));
  }
}
