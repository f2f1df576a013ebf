package dev.touchstone.examples.scraper.extract;

import dev.touchstone.examples.scraper.page.HtmlPage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/**
 * Takes from pages what a definition asks for. Immutable, safe for use by several threads.
 */
public final class Extractor {

  private final List<ItemRule> items;
  private final Map<String, ItemExtractor> plugins; // by kind, in the order of the definition
  private final List<FollowRule> follow;

  Extractor(List<ItemRule> items, Map<String, ItemExtractor> plugins, List<FollowRule> follow) {
    this.items = List.copyOf(items);
    this.plugins = Collections.unmodifiableMap(new LinkedHashMap<>(plugins));
    this.follow = List.copyOf(follow);
  }

  /** Returns an extractor that follows every link and takes nothing else. */
  public static Extractor ofLinks() {
    return new Extractor(List.of(), Map.of(), List.of());
  }

  /** Returns the fields of each kind of item, in the order of the definition, those of plugins last. */
  public Map<String, SequencedCollection<String>> kinds() {
    var kinds = new LinkedHashMap<String, SequencedCollection<String>>();
    items.forEach(item -> kinds.put(item.kind(), List.copyOf(item.fields().keySet())));
    plugins.forEach((kind, plugin) -> kinds.put(kind, List.copyOf(plugin.fields())));
    return kinds;
  }

  /** Takes from a page what there is. */
  public Harvest harvest(HtmlPage page) {
    var found = new ArrayList<Item>();
    var problems = new ArrayList<Problem>();
    for (var rule : items) {
      var place = Place.of(page, rule.kind());
      found.addAll(rule.find(place));
      problems.addAll(place.problems());
    }
    plugins.forEach((kind, plugin) -> {
      try {
        for (Map<String, @Nullable Object> values : plugin.extract(page)) {
          found.add(new Item(kind, values));
        }
      } catch (RuntimeException | LinkageError e) { // of a plugin, which must not end the crawl
        problems.add(new Problem(kind, "the plugin " + plugin.name() + " failed: " + e));
      }
    });
    return new Harvest(targets(page), found, problems);
  }

  /* An address that several rules find has the highest of their priorities. */
  private List<Target> targets(HtmlPage page) {
    if (follow.isEmpty()) {
      return page.links().stream().map(address -> new Target(address, 0)).toList();
    }
    var targets = new LinkedHashMap<URI, Target>();
    follow.stream()
        .flatMap(rule -> rule.find(page))
        .forEach(target -> targets.merge(
            target.address(), target, (a, b) -> a.priority() >= b.priority() ? a : b));
    return List.copyOf(targets.values());
  }
}
