package dev.touchstone.examples.patterns.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.strategy.Switchable;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StrategyTest {

  @Nested
  class TheForms {

    @Test
    void constantsOfAnEnumCarryTheirFunction() {
      assertThat(Shipping.PICKUP.price(2000)).isZero();
      assertThat(Shipping.POST.price(2000)).isEqualTo(500);
      assertThat(Shipping.COURIER.price(2000)).isEqualTo(900);
    }

    @Test
    void theClassicFormHoldsAnObjectOfAClassOfItsOwn() {
      var route = new ClassicRoute();
      assertThat(route.minutes(5)).isEqualTo(60);

      route.setStrategy(new ClassicRoute.Cycle());
      assertThat(route.minutes(5)).isEqualTo(20);
    }
  }

  @Nested
  class AStrategyReplacedWhileItIsUsed {

    private static final class Connection implements AutoCloseable {

      private boolean open = true;

      String read() {
        return open ? "data" : "closed under its user";
      }

      @Override
      public void close() {
        open = false;
      }
    }

    private Connection present = new Connection();

    private void naiveReplace() {
      present.close();
      present = new Connection();
    }

    @Test
    void naivelyIsClosedUnderItsUser() {
      var using = present;

      naiveReplace(); // by another thread, say

      assertThat(using.read()).isEqualTo("closed under its user");
    }

    @Test
    void staysOpenUntilItsLastUserIsDone() {
      var switchable = Switchable.of(new Connection());

      try (var lease = switchable.lease()) {
        var swap = switchable.swap(new Connection());
        assertThat(lease.value().read()).isEqualTo("data");
        assertThat(swap.isDone()).isFalse();
      }
    }
  }

  @Nested
  class AStrategyWithStateThatIsShared {

    /** Gives every third item free, and counts items to know which. */
    private static final class NaiveThirdIsFree implements IntUnaryOperator {

      private int items;

      @Override
      public int applyAsInt(int price) {
        items++;
        return items % 3 == 0 ? 0 : price;
      }
    }

    private static int total(IntUnaryOperator discount, int... prices) {
      int total = 0;
      for (int price : prices) {
        total += discount.applyAsInt(price);
      }
      return total;
    }

    @Test
    void naivelyMixesUpItsUsers() {
      var shared = new NaiveThirdIsFree();

      assertThat(total(shared, 10, 10)).isEqualTo(20);
      assertThat(total(shared, 10, 10)).isEqualTo(10); // the first item of another basket was free
    }

    @Test
    void isMadeAnewForEachUse() {
      Supplier<IntUnaryOperator> strategy = NaiveThirdIsFree::new;

      assertThat(total(strategy.get(), 10, 10)).isEqualTo(20);
      assertThat(total(strategy.get(), 10, 10)).isEqualTo(20);
    }
  }
}
