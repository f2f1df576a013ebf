package dev.touchstone.patterns.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private final List<String> closed = new ArrayList<>();
  private final Scope scope = new Scope();

  private record Resource(String name, List<String> log) implements AutoCloseable {

    @Override
    public void close() {
      log.add(name);
    }
  }

  private interface Pool {}

  private interface Cache {}

  private interface Service {}

  @SuppressWarnings("try") // close may throw whatever a test wants
  private record Closing(AutoCloseable end) implements Pool, Cache, Service, AutoCloseable {

    @Override
    public void close() throws Exception {
      end.close();
    }
  }

  private Closing closing(String name) {
    return new Closing(() -> closed.add(name));
  }

  @Nested
  class Closes {

    @Test
    void whatWasMadeInTheReverseOrderOfItsMaking() {
      var pool = scope.single(Pool.class, () -> closing("pool"));
      var cache = scope.single(Cache.class, () -> closing("cache"));
      var service = scope.single(Service.class, () -> {
        pool.get();
        return closing("service");
      });

      service.get();
      cache.get();
      scope.close();

      assertThat(closed).containsExactly("cache", "service", "pool");
    }

    @Test
    void nothingThatWasNotMade() {
      scope.single(Pool.class, () -> closing("pool"));

      scope.close();

      assertThat(closed).isEmpty();
    }

    @Test
    void onlyOnce() {
      scope.single(Pool.class, () -> closing("pool")).get();

      scope.close();
      scope.close();

      assertThat(closed).containsExactly("pool");
    }

    @Test
    void theOthersWhenOneFails() {
      scope.single(Pool.class, () -> closing("pool")).get();
      scope
          .single(
              Cache.class,
              () -> new Closing(() -> {
                throw new IOException("disk");
              }))
          .get();
      scope
          .single(
              Service.class,
              () -> new Closing(() -> {
                throw new IllegalStateException("busy");
              }))
          .get();

      assertThatThrownBy(scope::close)
          .isInstanceOf(ScopeCloseException.class)
          .hasMessage(
              "closing " + Service.class.getName() + ", one of 3 values of the scope, failed: "
                  + "java.lang.IllegalStateException: busy; the others were closed too, and their "
                  + "failures are suppressed exceptions of this")
          .satisfies(
              e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class))
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(closed).containsExactly("pool");
    }

    @Test
    void aValueThatIsFinishedTooLate() throws Exception {
      var inside = new CountDownLatch(1);
      var go = new CountDownLatch(1);
      var pool = scope.single(Pool.class, () -> {
        inside.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        return closing("pool");
      });
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var late = executor.submit(pool::get);
        inside.await();

        scope.close();
        go.countDown();

        assertThatThrownBy(late::get)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the scope is closed, so " + Pool.class.getName()
                + " is not to be had from it any more");
      }
      assertThat(closed).containsExactly("pool");
    }
  }

  @Nested
  class Replaces {

    @Test
    void aValueThatIsDeclared() {
      var name = scope.single(String.class, () -> "real");

      scope.replace(String.class, "fake");

      assertThat(name.get()).isEqualTo("fake");
    }

    @Test
    void aValueThatIsDeclaredLater() {
      scope.replace(String.class, "fake");

      assertThat(scope.single(String.class, () -> "real").get()).isEqualTo("fake");
    }

    @Test
    void byTheLatestOfSeveral() {
      scope.replace(String.class, "fake");
      scope.replace(String.class, "fake too");

      assertThat(scope.single(String.class, () -> "real").get()).isEqualTo("fake too");
    }

    @Test
    void nothingThatIsInUse() {
      scope.single(String.class, () -> "real").get();

      assertThatIllegalStateException()
          .isThrownBy(() -> scope.replace(String.class, "fake"))
          .withMessage(
              "java.lang.String was already asked for in this scope; replace it before its first use");
    }

    @Test
    void withoutClosingWhatItDidNotMake() {
      var pool = scope.single(Resource.class, () -> new Resource("real", closed));
      scope.replace(Resource.class, new Resource("fake", closed));
      pool.get();

      scope.close();

      assertThat(closed).isEmpty();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void nothingByAnObjectOfAnotherType() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scope.replace((Class) String.class, 42))
          .withMessage("instead must be a java.lang.String, was a java.lang.Integer");
    }
  }

  @Nested
  class Rejects {

    @Test
    void aSecondValueOfAType() {
      scope.single(String.class, () -> "one");

      assertThatIllegalStateException()
          .isThrownBy(() -> scope.single(String.class, () -> "two"))
          .withMessage(
              "java.lang.String is already declared in this scope; keep the Lazy of the first call");
    }

    @Test
    void everythingAfterItWasClosed() {
      var declared = scope.single(String.class, () -> "real");
      scope.close();

      var message = "the scope is closed, so %s is not to be had from it any more";
      assertThatIllegalStateException()
          .isThrownBy(declared::get)
          .withMessage(message, "java.lang.String");
      assertThatIllegalStateException()
          .isThrownBy(() -> scope.single(Integer.class, () -> 1))
          .withMessage(message, "java.lang.Integer");
      assertThatIllegalStateException()
          .isThrownBy(() -> scope.replace(Integer.class, 1))
          .withMessage(message, "java.lang.Integer");
    }
  }

  @Test
  void namesAValueByItsTypeInMessages() {
    assertThat(scope.single(String.class, () -> "real"))
        .hasToString("Lazy[java.lang.String, not made]");
  }
}
