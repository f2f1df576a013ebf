package dev.touchstone.patterns.decorate;

import static dev.touchstone.patterns.decorate.Decorators.inside;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  interface Prices {
    long of(String article);
  }

  record Cached(Prices inner) implements Prices {
    @Override
    public long of(String article) {
      return inner.of(article);
    }
  }

  record Retried(Prices inner) implements Prices {
    @Override
    public long of(String article) {
      return inner.of(article);
    }
  }

  @Test
  void decorators() {
    Prices remote = article -> 42;
    // @start region="decorators"
    var prices = Decorators.of(remote)
        .with("retry", Retried::new, inside("cache")) // a hit must not be retried
        .with("cache", Cached::new)
        .build(); // the Cached, which holds the Retried, which holds the remote ones
    // @end

    assertThat(prices).isEqualTo(new Cached(new Retried(remote)));
  }
}
