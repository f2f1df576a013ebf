package dev.touchstone.examples.basics;

import dev.touchstone.patterns.factory.Catalog;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Factory as a catalogue: a name decides which object is made.
 *
 * <p>For two or three names known here, write a {@code switch}. A catalogue is for makers that come
 * from several places: it finds out at start-up, not at three in the morning, that one is missing or
 * there twice, and its message names the nearest key for one that was mistyped.
 */
final class MakersByName {

  private MakersByName() {}

  /** Turns records into text. */
  private interface Exporter {
    String export(List<String> rows);
  }

  static void run(PrintWriter out) {
    var exporters = Catalog.<String, String, Exporter>builder()
        .add("csv", separator -> rows -> String.join(separator, rows))
        .add("html", ignored -> MakersByName::html)
        .require(List.of("csv", "html")) // build() would name what is missing
        .build();

    var rows = List.of("quartz", "topaz");
    out.println(exporters.make("csv", ";").export(rows));
    out.println(exporters.make("html", "").export(rows));
    try {
      exporters.make("htlm", "");
    } catch (RuntimeException e) {
      out.println(e.getMessage());
    }
  }

  private static String html(List<String> rows) {
    return rows.stream().map(row -> "<li>" + row).collect(Collectors.joining("", "<ul>", "</ul>"));
  }
}
