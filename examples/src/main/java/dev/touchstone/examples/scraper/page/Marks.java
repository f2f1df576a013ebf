package dev.touchstone.examples.scraper.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The elements of a page that say where it leads, found in one walk: a selector for each of them would
 * walk through the page as often.
 *
 * @param navigation where a reader could go, in the order of the page
 * @param metas what the page says of itself
 * @param base what its references start from
 */
record Marks(List<Element> navigation, List<Element> metas, Optional<Element> base) {

  private static final Set<String> RELATIONS =
      Set.of("next", "prev", "up", "start", "first", "last", "contents", "index");

  static Marks of(Document document) {
    var navigation = new ArrayList<Element>();
    var metas = new ArrayList<Element>();
    var bases = new ArrayList<Element>();
    document.stream().forEach(element -> {
      switch (element.normalName()) {
        case "a", "area" -> addIf(element.hasAttr("href"), element, navigation);
        case "link" -> addIf(isNavigation(element), element, navigation);
        case "frame", "iframe" -> addIf(element.hasAttr("src"), element, navigation);
        case "meta" -> metas.add(element);
        case "base" -> addIf(element.hasAttr("href"), element, bases);
        default -> {
          // leads nowhere
        }
      }
    });
    return new Marks(navigation, metas, bases.stream().findFirst());
  }

  private static void addIf(boolean condition, Element element, List<Element> to) {
    if (condition) {
      to.add(element);
    }
  }

  private static boolean isNavigation(Element link) {
    return link.hasAttr("href") && RELATIONS.contains(link.attr("rel").toLowerCase(Locale.ROOT));
  }
}
