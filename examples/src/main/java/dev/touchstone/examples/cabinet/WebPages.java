package dev.touchstone.examples.cabinet;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The HTML of the cabinet. Every page can be reached from the first one; some links are old (they
 * redirect), some are broken, and those into the vault are not for robots.
 */
final class WebPages {

  private final Catalogue catalogue;

  WebPages(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  String entrance() {
    var rooms = IntStream.range(0, catalogue.rooms())
        .mapToObj(room -> item("rooms/" + room, catalogue.roomName(room)))
        .collect(Collectors.joining("\n"));
    return page(
        "The Mineral Cabinet",
        "<p><a href='/about'>About</a>, <a href='catalogue.csv'>everything as CSV</a>.</p><ul>"
            + rooms
            + "</ul>");
  }

  String about() {
    return page(
        "About the cabinet",
        "<p>%d minerals in %d rooms. <a href='/#rooms'>Enter</a> or <a href='mailto:cabinet@localhost'>write</a>.</p>"
            .formatted(catalogue.minerals().size(), catalogue.rooms()));
  }

  String room(int room) {
    var minerals = catalogue.inRoom(room).stream()
        .map(mineral -> item(addressInRoom(mineral), mineral.name()))
        .collect(Collectors.joining("\n"));
    return page(
        catalogue.roomName(room),
        "<ul>" + minerals + "</ul><a href='/vault/%d'>The vault (staff only)</a>".formatted(room));
  }

  String mineral(Mineral mineral) {
    var related = mineral.related().stream()
        .map(catalogue::mineral)
        .map(other -> item("/minerals/" + other.slug() + "#history", other.name()))
        .collect(Collectors.joining("\n"));
    var lost = Faults.hasBrokenLink(mineral)
        ? "<a href='lost-%d'>Its twin</a>".formatted(mineral.number())
        : "";
    return page(mineral.name(), """
        <dl><dt>Hardness</dt><dd>%s</dd><dt>Density</dt><dd>%s</dd></dl>
        <h2 id='history'>Related</h2><ul>%s</ul>%s
        <a href='../rooms/%d'>Back to %s</a>
        """.formatted(
            mineral.hardness(),
            mineral.density(),
            related,
            lost,
            mineral.room(),
            catalogue.roomName(mineral.room())));
  }

  String notFound(String path) {
    return page("Nothing here", "<p>No page at " + escape(path) + ".</p>");
  }

  String csv() {
    return catalogue.minerals().stream()
        .map(m -> m.name() + "," + m.hardness() + "," + m.density())
        .collect(Collectors.joining("\n", "name,hardness,density\n", "\n"));
  }

  private static String addressInRoom(Mineral mineral) {
    return Faults.hasMoved(mineral) ? "/old/" + mineral.number() : "/minerals/" + mineral.slug();
  }

  private static String item(String href, String text) {
    return "<li><a href='%s'>%s</a></li>".formatted(href, text);
  }

  private static String page(String title, String body) {
    return "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>%s</title></head><body><h1>%s</h1>%s</body></html>"
        .formatted(title, title, body);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
