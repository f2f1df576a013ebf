package dev.touchstone.examples.basics;

import dev.touchstone.patterns.strategy.Selector;
import java.io.PrintWriter;
import java.util.function.LongUnaryOperator;

/**
 * The Strategy, chosen by rules that can explain themselves.
 *
 * <p>A strategy is a function; a lambda will do. What is worth a component is the choice: rules in an
 * order, a last one that always holds, and an answer to "why this one?".
 */
final class OneOfSeveralWays {

  private OneOfSeveralWays() {}

  private record Basket(long cents, boolean member) {}

  static void run(PrintWriter out) {
    var discount = Selector.<Basket, LongUnaryOperator>builder()
        .when("large order", basket -> basket.cents() > 100_00, cents -> cents * 80 / 100)
        .when("member", Basket::member, cents -> cents * 90 / 100)
        .otherwise("list price", cents -> cents)
        .build();

    for (var basket : new Basket[] {new Basket(120_00, true), new Basket(50_00, true)}) {
      out.println(basket + " costs " + discount.select(basket).applyAsLong(basket.cents()));
      out.println("  because " + discount.explain(basket));
    }
  }
}
