package dev.touchstone.patterns.decorate;

import static dev.touchstone.patterns.decorate.Decorators.inside;
import static dev.touchstone.patterns.decorate.Decorators.outside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DecoratorsTest {

  private record Layer(String name, Supplier<String> inner) implements Supplier<String> {

    @Override
    public String get() {
      return name + "(" + inner.get() + ")";
    }
  }

  private static UnaryOperator<Supplier<String>> layer(String name) {
    return inner -> new Layer(name, inner);
  }

  private final Supplier<String> core = () -> "core";

  @Test
  void putTheFirstListedOutermost() {
    var wrapped =
        Decorators.of(core).with("a", layer("a")).with("b", layer("b")).build();

    assertThat(wrapped.get()).isEqualTo("a(b(core))");
  }

  @Test
  void returnTheCoreItselfWithoutLayers() {
    assertThat(Decorators.of(core).build()).isSameAs(core);
  }

  @Test
  void keepTheRulesAndOtherwiseTheOrderOfListing() {
    var wrapped = Decorators.of(core)
        .with("retry", layer("retry"), inside("cache"))
        .with("log", layer("log"))
        .with("cache", layer("cache"))
        .with("limit", layer("limit"), outside("log"))
        .build();

    assertThat(wrapped.get()).isEqualTo("cache(retry(limit(log(core))))");
  }

  @Test
  void tellTheirLayers() {
    var layers = Decorators.of(core).with("a", layer("a")).with("b", layer("b")).layers();

    assertThat(layers.names()).containsExactly("a", "b");
    assertThat(layers.layer("b")).get().satisfies(b -> assertThat(b.get()).isEqualTo("b(core)"));
    assertThat(layers.layer("c")).isEmpty();
    assertThat(layers.core()).isSameAs(core);
    assertThat(layers.outermost().get()).isEqualTo("a(b(core))");
  }

  @Test
  void showTheCircleOfRulesThatContradictEachOther() {
    var decorators = Decorators.of(core)
        .with("log", layer("log"))
        .with("a", layer("a"), inside("b"))
        .with("b", layer("b"), inside("c"))
        .with("c", layer("c"), inside("a"));

    assertThatIllegalStateException()
        .isThrownBy(decorators::build)
        .withMessage("the rules contradict each other: a inside b inside c inside a");
  }

  @Test
  void nameTheUnknownLayersOfRules() {
    var decorators = Decorators.of(core)
        .with("a", layer("a"), inside("b"), outside("c"))
        .with("d", layer("d"), inside("a"));

    assertThatIllegalStateException()
        .isThrownBy(decorators::build)
        .withMessage("rules name [b, c], but the layers are [a, d]");
  }

  @Test
  void rejectASecondLayerOfAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decorators.of(core).with("a", layer("a")).with("a", layer("a")))
        .withMessage("there is a layer a already");
  }

  @Test
  void rejectALayerThatReturnsNothing() {
    assertThatNullPointerException()
        .isThrownBy(() -> Decorators.of(core).with("a", inner -> null).build())
        .withMessage("the layer a returned null");
  }

  @Test
  void areNotOnTheWayOfACall() {
    var frames = Decorators.<Supplier<List<String>>>of(
            () -> Arrays.stream(new Throwable().getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList())
        .with("a", inner -> () -> inner.get())
        .with("b", inner -> () -> inner.get())
        .build()
        .get();

    assertThat(frames)
        .noneMatch(name -> name.equals(Decorators.class.getName()))
        .noneMatch(name -> name.equals(Layers.class.getName()));
  }
}
