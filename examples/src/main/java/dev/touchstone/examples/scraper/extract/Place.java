package dev.touchstone.examples.scraper.extract;

import dev.touchstone.examples.scraper.page.HtmlPage;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/**
 * Where values are looked for: a page, or one element of it. Problems that come up are gathered.
 *
 * @param page the page
 * @param element the element; the document itself for the page
 * @param path what problems are called by
 * @param problems where they go
 */
record Place(HtmlPage page, Element element, String path, List<Problem> problems) {

  static Place of(HtmlPage page, String path) {
    return new Place(page, page.document(), path, new ArrayList<>());
  }

  Place at(Element other) {
    return new Place(page, other, path, problems);
  }

  Place of(String field) {
    return new Place(page, element, path + "." + field, problems);
  }

  void report(String text) {
    problems.add(new Problem(path, text));
  }
}
