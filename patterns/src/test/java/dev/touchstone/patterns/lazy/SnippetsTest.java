package dev.touchstone.patterns.lazy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  // @start region="lazy"
  static final Lazy<Pattern> WORD = Lazy.constant(() -> Pattern.compile("\\w+"));

  static long words(String text) {
    return WORD.get().matcher(text).results().count();
  }

  // @end

  @Test
  void lazy() {
    assertThat(words("made at the first use")).isEqualTo(5);
  }

  // @start region="scope"
  static final class Shop implements AutoCloseable {
    final Scope scope = new Scope();
    final Lazy<Database> database = scope.single(Database.class, Database::open);
    final Lazy<Orders> orders = scope.single(Orders.class, () -> new Orders(database.get()));

    @Override
    public void close() {
      scope.close(); // the orders, if they were made, then the database, if it was
    }
  }

  // @end

  private static final AtomicInteger open = new AtomicInteger();

  record Database(String name) implements AutoCloseable {

    static Database open() {
      open.incrementAndGet();
      return new Database("real");
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  record Orders(Database database) {}

  @Test
  void scope() {
    try (var shop = new Shop()) {
      assertThat(open).hasValue(0);
      assertThat(shop.orders.get().database().name()).isEqualTo("real");
      assertThat(open).hasValue(1);
    }
    assertThat(open).hasValue(0);
  }

  @Test
  void replace() {
    // @start region="replace"
    try (var shop = new Shop()) {
      shop.scope.replace(Database.class, new Database("in memory"));

      assertThat(shop.orders.get().database().name()).isEqualTo("in memory");
    }
    // @end
  }
}
