package dev.touchstone.examples.patterns.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.touchstone.patterns.factory.Catalog;
import java.util.HashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FactoryTest {

  @Nested
  class TheForms {

    @Test
    void aStaticFactoryChoosesTheClass() {
      assertThat(Shape.parse("circle 2")).isEqualTo(new Shape.Circle(2));
      assertThat(Shape.parse("square 3")).isEqualTo(new Shape.Square(3));
      assertThatIllegalArgumentException().isThrownBy(() -> Shape.parse("star 5"));
    }

    @Test
    void aRecordOfMakersIsAnAbstractFactory() {
      assertThat(Theme.PLAIN.form()).isEqualTo("name [ok]");
      assertThat(Theme.LOUD.form()).isEqualTo("NAME [[ok]]");
    }

    @Test
    void theClassicFormHasASubclassForEachProduct() {
      assertThat(new ClassicDialog.Web().render()).isEqualTo("dialog with <button>");
    }
  }

  @Nested
  class AFactoryMethodCalledByTheConstructor {

    private abstract static class NaiveWindow {

      final String content;

      NaiveWindow() {
        content = createContent();
      }

      abstract String createContent();
    }

    private static final class NaiveGreeting extends NaiveWindow {

      private final String name;

      NaiveGreeting(String name) {
        this.name = name;
      }

      @Override
      String createContent() {
        return "Hello " + name;
      }
    }

    private record Window(String content) {

      Window(Supplier<String> content) {
        this(content.get());
      }
    }

    @Test
    void naivelySeesFieldsThatAreNotSet() {
      assertThat(new NaiveGreeting("Ada").content).isEqualTo("Hello null");
    }

    @Test
    void isNotNeededWithASupplier() {
      var name = "Ada";

      assertThat(new Window(() -> "Hello " + name).content()).isEqualTo("Hello Ada");
    }
  }

  @Nested
  class TwoMakersForOneKey {

    @Test
    void naivelyReplaceEachOther() {
      var makers = new HashMap<String, Function<String, String>>();
      makers.put("pdf", title -> "first " + title);
      makers.put("pdf", title -> "second " + title);

      assertThat(makers.get("pdf").apply("x")).isEqualTo("second x");
    }

    @Test
    void areRefusedByACatalog() {
      var builder = Catalog.<String, String, String>builder()
          .add("pdf", title -> "first " + title)
          .add("pdf", title -> "second " + title);

      assertThatIllegalStateException()
          .isThrownBy(builder::build)
          .withMessage("more than one maker for [pdf]");
    }
  }
}
