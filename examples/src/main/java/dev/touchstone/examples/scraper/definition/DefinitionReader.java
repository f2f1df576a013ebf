package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.CrawlPlan;
import dev.touchstone.examples.scraper.CrawlPlan.Sitemaps;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.scraper.extract.ExtractorReader;
import dev.touchstone.examples.scraper.fetch.Limits;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a {@link CrawlDefinition}. */
final class DefinitionReader {

  private static final CrawlSettings DEFAULT = CrawlSettings.DEFAULT;
  private static final int MOST = Integer.MAX_VALUE;

  private DefinitionReader() {}

  static CrawlDefinition read(YamlNode node, Additions additions) {
    var top = node.mapping(
        "crawl",
        "seeds",
        "scope",
        "concurrency",
        "politeness",
        "limits",
        "reach",
        "items",
        "follow",
        "out",
        "tests");
    top.find("crawl").ifPresent(YamlNode::text);
    var scope = top.find("scope");
    var follow = top.find("follow").map(YamlNode::items).orElse(List.of());
    var extractor = ExtractorReader.read(
        top.find("items"),
        follow.stream().filter(Predicate.not(DefinitionReader::isSitemap)).toList(),
        additions.extractors());
    var sitemaps =
        follow.stream().anyMatch(DefinitionReader::isSitemap) ? Sitemaps.FOLLOW : Sitemaps.IGNORE;
    return new CrawlDefinition(
        seeds(top.require("seeds")),
        new CrawlPlan(
            scope.flatMap(ScopeReader::sites), ScopeReader.filters(scope), extractor, sitemaps),
        settings(top, scope),
        top.find("reach").map(n -> n.choice(Reach.class)).orElse(Reach.PUBLIC),
        top.find("limits").map(DefinitionReader::limits).orElse(Limits.DEFAULT),
        outs(top.require("out"), extractor, additions.formats()),
        top.find("tests").map(DefinitionReader::fixtures).orElse(List.of()));
  }

  private static boolean isSitemap(YamlNode follow) {
    var rule = follow.mapping("css", "pattern", "priority", "sitemap");
    var isSitemap = rule.find("sitemap").map(YamlNode::flag).orElse(false);
    if (isSitemap && rule.values().size() > 1) {
      throw follow.failure(
          "'sitemap: true' stands alone; move the other keys to an entry of their own");
    }
    return isSitemap;
  }

  private static List<URI> seeds(YamlNode node) {
    var seeds = node.items().stream().map(DefinitionReader::webAddress).toList();
    if (seeds.isEmpty()) {
      throw node.expected("at least one address such as [https://example.org/]");
    }
    return seeds;
  }

  private static URI webAddress(YamlNode node) {
    return Addresses.canonical(node.text())
        .orElseThrow(() -> node.expected("an http or https address such as https://example.org/"));
  }

  private static CrawlSettings settings(YamlMapping top, Optional<YamlNode> scope) {
    var concurrency = integer(top, "concurrency", 1_000, DEFAULT.concurrency());
    var maxPages = scope
        .map(ScopeReader::mapping)
        .map(s -> integer(s, "maxPages", MOST, DEFAULT.maxPages()))
        .orElse(DEFAULT.maxPages());
    var politeness = top.find("politeness")
        .map(n -> n.mapping("floor", "perHost", "honourCrawlDelay", "attempts", "robotsPatience"));
    if (politeness.isEmpty()) {
      return new CrawlSettings(
          concurrency, maxPages, DEFAULT.attempts(), DEFAULT.pace(), DEFAULT.robotsPatience());
    }
    var given = politeness.get();
    var pace = new Pace(
        given.find("floor").map(YamlNode::duration).orElse(DEFAULT.pace().floor()),
        integer(given, "perHost", 1_000, DEFAULT.pace().perHost()),
        given
            .find("honourCrawlDelay")
            .map(YamlNode::duration)
            .orElse(DEFAULT.pace().longestCrawlDelay()));
    return new CrawlSettings(
        concurrency,
        maxPages,
        integer(given, "attempts", 100, DEFAULT.attempts()),
        pace,
        given.find("robotsPatience").map(YamlNode::duration).orElse(DEFAULT.robotsPatience()));
  }

  static int integer(YamlMapping mapping, String name, int max, int fallback) {
    return mapping.find(name).map(n -> n.integer(1, max)).orElse(fallback);
  }

  private static Limits limits(YamlNode node) {
    var given = node.mapping("wire", "body", "ratio", "time", "speed");
    var time = given.find("time");
    time.filter(t -> t.duration().isZero()).ifPresent(t -> {
      throw t.expected("a length of time that is not 0");
    });
    return new Limits(
        given.find("wire").map(YamlNode::bytes).orElse(Limits.DEFAULT.wireBytes()),
        given.find("body").map(YamlNode::bytes).orElse(Limits.DEFAULT.bodyBytes()),
        integer(given, "ratio", MOST, Limits.DEFAULT.ratio()),
        time.map(YamlNode::duration).orElse(Limits.DEFAULT.time()),
        given.find("speed").map(YamlNode::bytes).orElse(Limits.DEFAULT.bytesPerSecond()));
  }

  private static List<Out> outs(YamlNode node, Extractor extractor, OutputFormats formats) {
    var outs = new ArrayList<Out>();
    Set<String> names = new LinkedHashSet<>();
    for (var item : node.items()) {
      var out = OutReader.read(item, extractor, formats);
      for (var file : out.files()) {
        if (!names.add(file)) {
          throw item.failure("'" + file + "' is written already; give it another name");
        }
      }
      outs.add(out);
    }
    if (outs.isEmpty()) {
      throw node.expected("at least one output such as [{jsonl: pages.jsonl}]");
    }
    return outs;
  }

  private static List<Fixture> fixtures(YamlNode node) {
    var fixtures = new ArrayList<Fixture>();
    for (var item : node.items()) {
      var given = item.mapping("page", "url", "expect");
      fixtures.add(new Fixture(
          given.require("page").text(), webAddress(given.require("url")), given.require("expect")));
    }
    return fixtures;
  }
}
