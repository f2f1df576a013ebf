package dev.touchstone.plugins.opengraph;

import dev.touchstone.examples.scraper.extract.ItemExtractor;
import dev.touchstone.examples.scraper.page.HtmlPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes one item from each page that says how it is to be shown elsewhere.
 *
 * <p><b>Source:</b> the Open Graph protocol, ogp.me.
 */
public final class OpenGraph implements ItemExtractor {

  private static final List<String> FIELDS = List.of("title", "type", "image", "description");

  @Override
  public String name() {
    return "opengraph";
  }

  @Override
  public List<String> fields() {
    return FIELDS;
  }

  @Override
  public List<Map<String, @Nullable Object>> extract(HtmlPage page) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var field : FIELDS) {
      var meta = page.document().selectFirst("meta[property=og:" + field + "]");
      values.put(field, meta == null ? null : meta.attr("content"));
    }
    return values.values().stream().allMatch(value -> value == null) ? List.of() : List.of(values);
  }
}
