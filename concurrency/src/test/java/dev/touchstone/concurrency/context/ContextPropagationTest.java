package dev.touchstone.concurrency.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.context.ContextRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ContextPropagationTest {

  private static final ThreadLocal<String> USER = new ThreadLocal<>();

  @Nested
  class OfAThreadLocal extends ContextContract {

    @Override
    ContextPropagation propagation() {
      return ContextPropagation.of(USER);
    }

    @Override
    void put(String value) {
      if (value == null) {
        USER.remove();
      } else {
        USER.set(value);
      }
    }

    @Override
    String value() {
      return USER.get();
    }
  }

  @Nested
  class OfTheLog extends ContextContract {

    @Override
    ContextPropagation propagation() {
      return ContextPropagation.mdc();
    }

    @Override
    void put(String value) {
      if (value == null) {
        MDC.remove("user");
      } else {
        MDC.put("user", value);
      }
    }

    @Override
    String value() {
      return MDC.get("user");
    }
  }

  @Nested
  class OfMicrometer extends ContextContract {

    @BeforeEach
    void register() {
      ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER);
    }

    @AfterEach
    void deregister() {
      ContextRegistry.getInstance().removeThreadLocalAccessor("user");
    }

    @Override
    ContextPropagation propagation() {
      return ContextPropagation.micrometer();
    }

    @Override
    void put(String value) {
      if (value == null) {
        USER.remove();
      } else {
        USER.set(value);
      }
    }

    @Override
    String value() {
      return USER.get();
    }
  }

  @Nested
  class OfSeveral extends ContextContract {

    @Override
    ContextPropagation propagation() {
      return ContextPropagation.all(ContextPropagation.mdc(), ContextPropagation.of(USER));
    }

    @Override
    void put(String value) {
      if (value == null) {
        USER.remove();
      } else {
        USER.set(value);
      }
    }

    @Override
    String value() {
      return USER.get();
    }

    private final List<String> events = new ArrayList<>();

    private ContextPropagation logging(String name) {
      return () -> () -> {
        events.add("open " + name);
        return () -> events.add("close " + name);
      };
    }

    @Test
    void closesInTheReverseOrder() {
      ContextPropagation.all(logging("a"), logging("b")).wrap(() -> {}).run();

      assertThat(events).containsExactly("open a", "open b", "close b", "close a");
    }

    @Test
    void closesWhatWasOpenedWhenOneFailsToOpen() {
      ContextPropagation broken = () -> () -> {
        throw new IllegalStateException("broken");
      };
      var work =
          ContextPropagation.all(logging("a"), broken, logging("b")).wrap(() -> events.add("work"));

      assertThatThrownBy(() -> work.call()).hasMessage("broken");
      assertThat(events).containsExactly("open a", "close a");
    }

    @Test
    void closesTheOthersWhenOneFailsToClose() {
      ContextPropagation broken = () -> () -> () -> {
        throw new IllegalStateException("broken");
      };
      var work = ContextPropagation.all(logging("a"), broken).wrap(() -> events.add("work"));

      assertThatThrownBy(() -> work.call()).hasMessage("broken");
      assertThat(events).containsExactly("open a", "work", "close a");
    }

    @Test
    void closesTheOthersAfterAnErrorToo() {
      ContextPropagation broken = () -> () -> () -> {
        throw new AssertionError("broken");
      };
      var work = ContextPropagation.all(logging("a"), broken).wrap(() -> events.add("work"));

      assertThatThrownBy(() -> work.call()).isInstanceOf(AssertionError.class);
      assertThat(events).containsExactly("open a", "work", "close a");
    }

    @Test
    void failsWithWhatSeveralThrow() {
      var failure = new IllegalStateException("broken");
      var further = new IllegalArgumentException("broken, too");
      var work = ContextPropagation.all(closing(further), closing(failure), closing(failure))
          .wrap(() -> events.add("work"));

      assertThatThrownBy(() -> work.call()).isSameAs(failure).hasSuppressedException(further);
    }

    private static ContextPropagation closing(RuntimeException failure) {
      return () -> () -> () -> {
        throw failure;
      };
    }
  }

  @Test
  void nothingIsCarriedByNone() throws Exception {
    USER.set("mine");
    try {
      assertThat(ContextPropagation.none().capture()).isNotNull();
      ContextPropagation.none()
          .wrap(() -> assertThat(USER.get()).isEqualTo("mine"))
          .call();
    } finally {
      USER.remove();
    }
  }
}
