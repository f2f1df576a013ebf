package dev.touchstone.examples.scraper.sink;

import dev.touchstone.examples.scraper.extract.Item;
import dev.touchstone.examples.scraper.page.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/** What is written of an address: records of names and values. */
@FunctionalInterface
public interface Records {

  /** Returns the records. */
  List<Map<String, @Nullable Object>> of(Finding finding);

  /** Returns one record for each address, which says what became of it. */
  static Records ofPages() {
    return finding -> List.of(describe(finding));
  }

  /** Returns one record for each item, which begins with the page and the kind. */
  static Records ofItems() {
    return finding -> finding.items().stream()
        .map(item -> withPage(finding, item, item.kind()))
        .toList();
  }

  /** Returns one record for each item of a kind, which begins with the page. */
  static Records ofItems(String kind) {
    return finding -> finding.items().stream()
        .filter(item -> item.kind().equals(kind))
        .map(item -> withPage(finding, item, null))
        .toList();
  }

  /** Returns the names in the records of {@link #ofPages}. */
  static SequencedCollection<String> pageColumns() {
    return List.of(
        "url",
        "kind",
        "title",
        "bytes",
        "links",
        "attempts",
        "status",
        "to",
        "contentType",
        "reason",
        "depth",
        "from");
  }

  private static Map<String, @Nullable Object> withPage(
      Finding finding, Item item, @Nullable String kind) {
    var record = new LinkedHashMap<String, @Nullable Object>();
    record.put("url", finding.visit().lease().link().uri());
    if (kind != null) {
      record.put("item", kind);
    }
    record.putAll(item.values());
    return record;
  }

  private static Map<String, @Nullable Object> describe(Finding finding) {
    var visit = finding.visit();
    var link = visit.lease().link();
    var record = new LinkedHashMap<String, @Nullable Object>();
    record.put("url", link.uri());
    record.put("kind", visit.outcome().kind());
    switch (visit.outcome()) {
      case Outcome.Page page -> {
        record.put("title", page.title());
        record.put("bytes", page.bytes());
        record.put("links", page.links().size());
        record.put("attempts", visit.lease().attempts() + 1);
      }
      case Outcome.Redirect redirect -> {
        record.put("status", redirect.status());
        record.put("to", redirect.target());
      }
      case Outcome.Other other -> record.put("contentType", other.contentType());
      case Outcome.Refused refused -> record.put("status", refused.status());
      case Outcome.Failed failed -> record.put("reason", failed.reason());
      case Outcome.Excluded excluded -> {}
      case Outcome.Unchanged unchanged -> {}
    }
    record.put("depth", link.depth());
    link.from().ifPresent(from -> record.put("from", from));
    return record;
  }
}
