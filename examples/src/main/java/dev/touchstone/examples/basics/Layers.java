package dev.touchstone.examples.basics;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.decorate.Decorators;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Decorator: the same interface, with something added around it.
 *
 * <p>The order of the layers is part of the meaning: a cache outside of a log hides the hits from it, a
 * cache inside does not. Here each layer has a name, and what was built can say of which it consists.
 */
final class Layers {

  private Layers() {}

  /** The price of an article, in cents. */
  private interface Prices {
    long of(String article);
  }

  private record Logged(Prices inner, PrintWriter out) implements Prices {

    @Override
    public long of(String article) {
      out.println("  asked for " + article);
      return inner.of(article);
    }
  }

  private record Cached(Prices inner, Map<String, Long> known) implements Prices {

    @Override
    public long of(String article) {
      return requireNonNull(known.computeIfAbsent(article, inner::of));
    }
  }

  static void run(PrintWriter out) {
    var questions = new AtomicInteger();
    Prices remote = article -> 100L * questions.incrementAndGet();

    var prices = Decorators.of(remote)
        .with("cache", inner -> new Cached(inner, new ConcurrentHashMap<>())) // the outermost
        .with("log", inner -> new Logged(inner, out))
        .build(); // a Cached, which holds a Logged, which holds the remote prices

    for (var article : new String[] {"lamp", "lamp", "table", "lamp"}) {
      out.println(article + " costs " + prices.of(article));
    }
    out.println(questions + " questions to the remote prices");
  }
}
