package dev.touchstone.patterns.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  record Basket(long cents, boolean member) {}

  @Test
  void selector() {
    // @start region="selector"
    var discount = Selector.<Basket, LongUnaryOperator>builder()
        .when("large order", basket -> basket.cents() > 100_00, cents -> cents * 80 / 100)
        .when("member", Basket::member, cents -> cents * 90 / 100)
        .otherwise("list price", cents -> cents)
        .build();

    var basket = new Basket(50_00, true);
    long price = discount.select(basket).applyAsLong(basket.cents()); // 45.00
    discount.explain(basket); // large order: no; member: yes, chosen; list price: yes
    // @end

    assertThat(price).isEqualTo(45_00);
  }

  record Index(String version) implements AutoCloseable {

    int search(String word) {
      return word.length();
    }

    @Override
    public void close() {}
  }

  @Test
  void switchable() throws Exception {
    // @start region="switchable"
    var index = Switchable.of(new Index("monday"));

    int hits = index.use(current -> current.search("touchstone"));

    var swap = index.swap(new Index("tuesday")); // who is searching goes on with monday's
    swap.await(Duration.ofSeconds(5)); // nobody is any more, and it is closed
    // @end

    assertThat(hits).isEqualTo(10);
    assertThat(swap.isDone()).isTrue();
  }
}
