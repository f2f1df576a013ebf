package dev.touchstone.concurrency.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples that the documentation of this package shows. */
@Timeout(60)
class SnippetsTest {

  private record Page(String url, int length) {}

  private final List<String> urls = List.of("/", "/about", "/contact", "/missing");
  private final List<Page> stored = new ArrayList<>();
  private final Channel<String> orders = Channel.unbounded();

  private Page fetch(String url) throws IOException {
    if (url.equals("/missing")) {
      throw new IOException("404 for " + url);
    }
    return new Page(url, url.length());
  }

  private void store(List<Page> pages) {
    stored.addAll(pages);
  }

  private static String serve(String order) {
    return "served " + order;
  }

  private static int tableOf(String order) {
    return order.charAt(0);
  }

  @Test
  void pipeline() throws Exception {
    try (var executor = ManagedExecutor.virtual("crawl").build()) {
      // @start region="pipeline"
      var pipeline = Pipeline.from(urls)
          .map("fetch", this::fetch)
          .parallel(8)
          .onError(ErrorPolicy.skip())
          .batch(100, Duration.ofSeconds(1))
          .to("store", this::store);

      try (var run = pipeline.start(executor)) {
        run.await(); // throws if a stage has failed
      }
      // @end
    }
    assertThat(stored).extracting(Page::url).containsExactly("/", "/about", "/contact");
  }

  @Test
  void errors() throws Exception {
    List<Page> pages;
    try (var executor = ManagedExecutor.virtual("crawl").build()) {
      // @start region="errors"
      Channel<DeadLetter<String>> letters = Channel.unbounded();
      pages = Pipeline.from(urls)
          .map("fetch", this::fetch)
          .onError(ErrorPolicy.retry(3).orElse(ErrorPolicy.deadLetter(letters)))
          .toList()
          .start(executor)
          .await();
      // @end
      assertThat(letters.receive().failure()).hasMessage("404 for /missing");
    }
    assertThat(pages).hasSize(3);
  }

  @Test
  void stopping() throws Exception {
    List<String> served;
    orders.send("7 tea");
    try (var executor = ManagedExecutor.virtual("orders").build()) {
      // @start region="stop"
      var run = Pipeline.from(orders)
          .map("serve", order -> serve(order))
          .parallel(4)
          .orderedBy(order -> tableOf(order)) // each table is served in its order
          .toList()
          .onUndelivered((stage, order) -> orders.trySend((String) order))
          .start(executor);

      run.stop(); // takes no more orders, serves those it has taken
      served = run.await();
      // @end
    }
    assertThat(served.size() + orders.size()).isEqualTo(1);
  }
}
