package dev.touchstone.examples.gateway.route;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The routes in force. They are replaced as a whole by one write; a request that has begun keeps the
 * table it began with. Safe for use by several threads.
 */
public final class CurrentRoutes {

  private volatile Term current;

  /** Creates one with its first table. */
  public CurrentRoutes(RouteTable first) {
    current = new Term(first);
  }

  /** Returns the table in force. */
  public RouteTable table() {
    return current.table;
  }

  /**
   * Puts another table in force for all requests from now on.
   *
   * @return the requests that still use the one before
   */
  public synchronized Retired replace(RouteTable next) {
    var old = current;
    current = new Term(next);
    old.retire();
    return new Retired(old);
  }

  /** Begins a request. */
  public Use enter() {
    while (true) {
      var term = current;
      if (term.tryEnter()) {
        return new Use(term);
      }
      // It was retired between the two lines; then there is another.
    }
  }

  /** Returns the number of requests that use the table in force. */
  public long running() {
    return current.running();
  }

  /** One request's use of a table; closed once when the request is over. For one thread. */
  public static final class Use implements AutoCloseable {

    private final Term term;

    private Use(Term term) {
      this.term = term;
    }

    /** Returns the table, the same to the end. */
    public RouteTable table() {
      return term.table;
    }

    @Override
    public void close() {
      term.leave();
    }
  }

  /** A table that was replaced. Safe for use by several threads. */
  public static final class Retired {

    private final Term term;

    private Retired(Term term) {
      this.term = term;
    }

    /** Returns the table. */
    public RouteTable table() {
      return term.table;
    }

    /** Returns the number of requests that still use it; it only falls. */
    public long running() {
      return term.running();
    }

    /**
     * Waits until no request uses it any more: what only it needs may be closed then.
     *
     * @return false if that took longer
     */
    public boolean await(Duration longest) throws InterruptedException {
      return term.unused.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** The time during which a table is in force. */
  private static final class Term {

    /* The number of requests, plus RETIRED from the moment that no more may begin: so the two are
     * read and changed as one, and no request can slip in after the last one was seen to leave. */
    private static final long RETIRED = Long.MIN_VALUE;

    private final RouteTable table;
    private final AtomicLong state = new AtomicLong();
    private final CountDownLatch unused = new CountDownLatch(1);

    private Term(RouteTable table) {
      this.table = table;
    }

    boolean tryEnter() {
      var before = state.getAndUpdate(count -> count < 0 ? count : count + 1);
      return before >= 0;
    }

    void leave() {
      ended(state.decrementAndGet());
    }

    void retire() {
      ended(state.addAndGet(RETIRED));
    }

    private void ended(long now) {
      if (now == RETIRED) {
        unused.countDown();
      }
    }

    long running() {
      return state.get() & Long.MAX_VALUE;
    }
  }
}
