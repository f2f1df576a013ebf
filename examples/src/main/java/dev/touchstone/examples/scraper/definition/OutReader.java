package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one element of the entry {@code out} of a definition. */
final class OutReader {

  private static final List<String> FORMATS = List.of("jsonl", "csv", "sqlite", "warc");
  private static final List<String> KNOWN = List.of("jsonl", "csv", "sqlite", "warc", "of", "cdx");
  private static final String ARCHIVE = ".warc.gz";

  private OutReader() {}

  static Out read(YamlNode node, Extractor extractor, OutputFormats added) {
    var format = node.anyMapping().values().keySet().iterator();
    if (format.hasNext() && !KNOWN.contains(format.next())) {
      return added(node, added);
    }
    return read(node, extractor);
  }

  private static Out added(YamlNode node, OutputFormats added) {
    var valid = new ArrayList<>(KNOWN);
    valid.addAll(added.names());
    var entry = node.mapping(valid.toArray(String[]::new))
        .values()
        .entrySet()
        .iterator()
        .next();
    if (node.anyMapping().values().size() > 1) {
      throw node.failure("'" + entry.getKey() + "' stands alone; remove the other keys");
    }
    return new Out.Added(entry.getValue().text(), entry.getKey(), added);
  }

  private static Out read(YamlNode node, Extractor extractor) {
    var given = node.mapping(KNOWN.toArray(String[]::new));
    var formats = FORMATS.stream().filter(name -> given.find(name).isPresent()).toList();
    if (formats.size() != 1) {
      throw node.expected("one of " + String.join(", ", FORMATS));
    }
    var format = formats.getFirst();
    refuse(given, "of", List.of("jsonl", "csv").contains(format), "jsonl and csv");
    refuse(given, "cdx", format.equals("warc"), "warc");
    var value = given.require(format);
    return switch (format) {
      case "jsonl" -> new Out.Jsonl(value.text(), records(given, extractor));
      case "csv" -> new Out.Csv(value.text(), oneKind(node, given, extractor));
      case "sqlite" -> database(value, extractor);
      default -> archive(value, given);
    };
  }

  private static void refuse(YamlMapping given, String name, boolean isRight, String formats) {
    given.find(name).filter(node -> !isRight).ifPresent(node -> {
      throw node.failure("'%s' is for %s only; remove it".formatted(name, formats));
    });
  }

  private static String records(YamlMapping given, Extractor extractor) {
    var kinds = extractor.kinds().keySet();
    var valid = new ArrayList<>(List.of(Out.PAGES));
    if (!kinds.isEmpty()) {
      valid.add(Out.ITEMS);
      valid.addAll(kinds);
    }
    return given
        .find("of")
        .map(node -> oneOf(node, valid))
        .orElse(kinds.isEmpty() ? Out.PAGES : Out.ITEMS);
  }

  private static String oneOf(YamlNode node, List<String> valid) {
    var name = node.text();
    if (!valid.contains(name)) {
      throw node.unknown(name, valid);
    }
    return name;
  }

  private static String oneKind(YamlNode node, YamlMapping given, Extractor extractor) {
    var kinds = extractor.kinds().keySet();
    var records = records(given, extractor);
    if (!records.equals(Out.ITEMS)) {
      return records;
    }
    if (kinds.size() > 1) {
      throw given
          .find("of")
          .orElse(node)
          .failure("a csv file holds one kind of item; add 'of:' with one of "
              + String.join(", ", kinds));
    }
    return kinds.iterator().next();
  }

  private static Out database(YamlNode node, Extractor extractor) {
    if (!node.flag()) {
      throw node.expected("true, because the items go into the database of the crawl itself");
    }
    if (extractor.kinds().isEmpty()) {
      throw node.failure("there are no items to be kept in the database; add 'items'");
    }
    return new Out.Database();
  }

  private static Out archive(YamlNode node, YamlMapping given) {
    var file = node.text();
    if (!file.endsWith(ARCHIVE)) {
      throw node.expected("a name that ends in " + ARCHIVE);
    }
    var index = given.find("cdx").map(YamlNode::flag).orElse(false)
        ? Optional.of(file.substring(0, file.length() - ARCHIVE.length()) + ".cdxj")
        : Optional.<String>empty();
    return new Out.Warc(file, index);
  }
}
