package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.frontier.Row;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes items into the database of the crawl: a table for each kind, {@code item_} and its name, with a
 * column for each field and the column {@code page}, which is the id of the page in the table {@code url}.
 * Lists and objects are kept as JSON. A decimal is kept as a number, so that it can be compared and
 * summed up; if it has more digits than a floating point number holds, as a text, so that none is lost.
 */
public final class ItemTables implements Sink {

  /** What the names of the tables begin with. */
  public static final String PREFIX = "item_";

  private final Tables tables;

  /** Creates a sink that writes with the commits. */
  public ItemTables(Tables tables) {
    this.tables = requireNonNull(tables, "tables");
  }

  @Override
  public void write(Finding finding) {
    for (var item : finding.items()) {
      var values = new LinkedHashMap<String, @Nullable Object>();
      item.values().forEach((name, value) -> values.put(name, column(value)));
      tables.append(new Row(finding.visit().lease(), PREFIX + item.kind(), values));
    }
  }

  private static @Nullable Object column(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case BigDecimal number -> exact(number);
      case List<?> list -> JsonMapper.shared().writeValueAsString(list);
      case Map<?, ?> object -> JsonMapper.shared().writeValueAsString(object);
      default -> value;
    };
  }

  private static Object exact(BigDecimal number) {
    var rounded = number.doubleValue();
    var isExact = Double.isFinite(rounded) && BigDecimal.valueOf(rounded).compareTo(number) == 0;
    return isExact ? rounded : number.toPlainString();
  }
}
