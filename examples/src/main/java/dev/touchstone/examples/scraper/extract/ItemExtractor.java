package dev.touchstone.examples.scraper.extract;

import dev.touchstone.examples.scraper.page.HtmlPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes items from pages in a way that somebody else knows: the extension point of plugins for {@code
 * items:} in the definition of a crawl. Has no state of a crawl; called by several threads.
 */
public interface ItemExtractor {

  /** Returns the word for it in a definition. */
  String name();

  /** Returns the fields of its items, in order. */
  List<String> fields();

  /**
   * Returns the values of each item of a page, for all of the fields; see {@link Item#values} for what
   * they may be. What this throws is a problem with the page, and counted as such.
   */
  List<Map<String, @Nullable Object>> extract(HtmlPage page);
}
