package dev.touchstone.examples.patterns.decorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.touchstone.patterns.decorate.Decorators;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecoratorTest {

  private final Reports archive = (user, name) -> "content of " + name;

  @Nested
  class TheForms {

    @Test
    void recordsWrapEachOther() {
      var reports = new Reports.Guarded(new Reports.Cached(archive));

      assertThat(reports.read("ada", "ada/may")).isEqualTo("content of ada/may");
      assertThatExceptionOfType(SecurityException.class)
          .isThrownBy(() -> reports.read("bob", "ada/may"));
      assertThatExceptionOfType(SecurityException.class)
          .isThrownBy(() -> reports.read("ad", "ada/may"));
    }

    @Test
    void functionsAreDecoratedByComposition() {
      UnaryOperator<String> trim = String::strip;

      assertThat(trim.andThen(text -> text + "!").apply(" hello ")).isEqualTo("hello!");
    }

    @Test
    void theClassicFormInheritsTheForwarding() {
      ClassicBeverage coffee = () -> 200;

      assertThat(new ClassicBeverage.Milk(new ClassicBeverage.Milk(coffee)).cents())
          .isEqualTo(260);
    }
  }

  @Nested
  class TheWrongOrder {

    @Test
    void naivelyShowsAReportToWhoMayNotReadIt() {
      var reports = new Reports.Cached(new Reports.Guarded(archive));
      reports.read("ada", "ada/may");

      assertThat(reports.read("bob", "ada/may")).isEqualTo("content of ada/may");
    }

    @Test
    void isPutRightByARule() {
      var reports = Decorators.of(archive)
          .with("cache", Reports.Cached::new, Decorators.inside("guard"))
          .with("guard", Reports.Guarded::new)
          .build();
      reports.read("ada", "ada/may");

      assertThatExceptionOfType(SecurityException.class)
          .isThrownBy(() -> reports.read("bob", "ada/may"));
    }

    @Test
    void isRefusedWhenRulesContradictEachOther() {
      var reports = Decorators.of(archive)
          .with("cache", Reports.Cached::new, Decorators.inside("guard"))
          .with("guard", Reports.Guarded::new, Decorators.inside("cache"));

      assertThatIllegalStateException()
          .isThrownBy(reports::build)
          .withMessage("the rules contradict each other: cache inside guard inside cache");
    }
  }

  @Nested
  class TheIdentityOfTheCore {

    @Test
    void naivelyIsLost() {
      var registered = new HashSet<Reports>();
      registered.add(archive);

      assertThat(registered.contains(new Reports.Guarded(archive))).isFalse();
    }

    @Test
    void isKeptBesideTheLayers() {
      var registered = new HashSet<Reports>();
      registered.add(archive);

      var layers = Decorators.of(archive).with("guard", Reports.Guarded::new).layers();

      assertThat(registered.contains(layers.core())).isTrue();
    }
  }

  @Nested
  class ACallToItself {

    private final List<String> counted = new ArrayList<>();

    private interface Mail {
      void send(String to);

      void sendAll(List<String> all);
    }

    private static class Smtp implements Mail {

      @Override
      public void send(String to) {}

      @Override
      public void sendAll(List<String> all) {
        all.forEach(this::send); // this is the core, not the decorator
      }
    }

    private record Counting(Mail inner, List<String> counted) implements Mail {

      @Override
      public void send(String to) {
        counted.add(to);
        inner.send(to);
      }

      @Override
      public void sendAll(List<String> all) {
        inner.sendAll(all);
      }
    }

    @Test
    void naivelyDoesNotPassTheDecorator() {
      new Counting(new Smtp(), counted).sendAll(List.of("ada", "bob"));

      assertThat(counted).isEmpty();
    }

    /** What calls another method of the interface is a function of the interface, not of the core. */
    private static void sendAll(Mail mail, List<String> all) {
      all.forEach(mail::send);
    }

    @Test
    void isMadeFromOutside() {
      sendAll(new Counting(new Smtp(), counted), List.of("ada", "bob"));

      assertThat(counted).containsExactly("ada", "bob");
    }
  }
}
