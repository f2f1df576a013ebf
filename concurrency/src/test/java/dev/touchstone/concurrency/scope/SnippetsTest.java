package dev.touchstone.concurrency.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The examples of the documentation. */
class SnippetsTest {

  private record Order(String user, int price) {}

  private static String user() {
    return "ada";
  }

  private static int price() {
    return 42;
  }

  private static Order order() throws InterruptedException {
    // @start region="scope"
    try (var scope = TaskScope.open(
        Joiner.awaitAllSuccessfulOrThrow(), settings -> settings.timeout(Duration.ofMillis(500)))) {
      var user = scope.fork(() -> user());
      var price = scope.fork(() -> price());
      scope.join();
      return new Order(user.get(), price.get());
    }
    // @end
  }

  @Test
  void scope() throws InterruptedException {
    assertThat(order()).isEqualTo(new Order("ada", 42));
  }

  @Test
  void all() throws InterruptedException {
    List<String> pages;
    // @start region="all"
    try (var scope = TaskScope.open(
        Joiner.<String>allSuccessfulOrThrow(),
        settings -> settings.name("pages").limit(8))) {
      for (var address : List.of("a", "b", "c")) {
        scope.fork(() -> "page " + address);
      }
      pages = scope.join(); // in the order of the forks
    }
    // @end
    assertThat(pages).containsExactly("page a", "page b", "page c");
  }

  // @start region="joiner"
  static final class WhatIsThere<T> implements Joiner<T, List<T>> {

    private final Queue<T> results = new ConcurrentLinkedQueue<>();

    @Override
    public boolean onComplete(Subtask<? extends T> subtask) {
      if (subtask.state() == Subtask.State.SUCCESS) {
        results.add(subtask.get());
      }
      return false;
    }

    @Override
    public void onTimeout() {} // no reason to throw

    @Override
    public List<T> result() {
      return List.copyOf(results);
    }
  }
  // @end

  @Test
  void joiner() throws InterruptedException {
    try (var scope = TaskScope.open(
        new WhatIsThere<String>(), settings -> settings.timeout(Duration.ofMillis(200)))) {
      scope.fork(() -> "fast");
      scope.fork(() -> {
        new CountDownLatch(1).await();
        return "never";
      });
      assertThat(scope.join()).containsExactly("fast");
    }
  }
}
