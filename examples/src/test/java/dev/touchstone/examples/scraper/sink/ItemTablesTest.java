package dev.touchstone.examples.scraper.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.extract.Item;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.examples.scraper.page.Link;
import dev.touchstone.examples.scraper.page.Outcome;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTablesTest {

  private static Object kept(BigDecimal number) {
    var tables = new Tables();
    var lease = new Lease(1, Link.seed(URI.create("http://a.example/")), 0, Optional.empty());
    new ItemTables(tables)
        .write(new Finding(
            new Visit(lease, new Outcome.Excluded()),
            List.of(new Item("thing", Map.of("price", number))),
            Optional.empty()));
    return tables.takeAll().getFirst().values().get("price");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "51.77", "-0.1", "1234567890.12345", "9007199254740992"})
  void keepsADecimalAsANumberThatCanBeCompared(String digits) {
    assertThat(kept(new BigDecimal(digits)))
        .isInstanceOfSatisfying(
            Double.class,
            number -> assertThat(BigDecimal.valueOf(number))
                .isEqualByComparingTo(new BigDecimal(digits)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "0.12345678901234567890", "1234567890123456.78"})
  void keepsADecimalOfMoreDigitsAsATextThatLosesNone(String digits) {
    assertThat(kept(new BigDecimal(digits))).isEqualTo(digits);
  }
}
