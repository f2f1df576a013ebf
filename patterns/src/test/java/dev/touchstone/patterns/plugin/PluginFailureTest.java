package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginFailureTest {

  @Test
  void copiesWhatIsThereOnce() {
    var original = new IllegalStateException("outer", new RuntimeException("inner"));
    original.addSuppressed(new Exception("beside"));

    var copy = PluginFailure.copyOf(original);

    assertThat(copy).hasMessage("java.lang.IllegalStateException: outer");
    assertThat(copy.getCause()).hasMessage("java.lang.RuntimeException: inner");
    assertThat(copy.getSuppressed()[0]).hasMessage("java.lang.Exception: beside");
    assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
    assertThat(PluginFailure.copyOf(copy)).isSameAs(copy);
  }

  @Test
  void endsWhereExceptionsFormACircle() {
    var first = new Exception("first");
    var second = new Exception("second", first);
    first.initCause(second);

    assertThat(PluginFailure.copyOf(first).getCause()).hasNoCause();
  }

  /** Each of sixteen layers has the next one twice; copied along each way, they would be millions. */
  @Test
  void copiesWhatIsSharedOnce() {
    var inner = new Exception("innermost");
    for (int layer = 0; layer < 16; layer++) {
      var outer = new Exception(inner);
      outer.addSuppressed(new Exception(inner));
      outer.addSuppressed(new Exception(inner));
      outer.addSuppressed(new Exception(inner));
      inner = outer;
    }

    assertThat(size(PluginFailure.copyOf(inner))).isEqualTo(1 + 16 * 4);
  }

  private static int size(Throwable failure) {
    int size = failure.getCause() == null ? 1 : 1 + size(failure.getCause());
    for (var suppressed : failure.getSuppressed()) {
      size += size(suppressed);
    }
    return size;
  }
}
