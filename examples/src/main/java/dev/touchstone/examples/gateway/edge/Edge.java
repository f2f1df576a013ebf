package dev.touchstone.examples.gateway.edge;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves routes to clients.
 *
 * {@snippet class="dev.touchstone.examples.gateway.edge.SnippetsTest" region="edge"}
 *
 * <p>Safe for use by several threads.
 */
public final class Edge implements AutoCloseable {

  /* How long requests that are given up have to tell their clients so. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final EdgeOptions options;
  private final Server server;
  private final EdgeConnector connector;
  private final ExecutorService threads;
  private final Overseer overseer;
  private int port; // set before anybody else has this object
  private volatile boolean isStopping;

  private Edge(EdgeOptions options, CurrentRoutes routes, RequestObserver observer) {
    this.options = options;
    threads = Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("gateway-request-", 0).factory());
    server = new Server(pool(threads));
    connector = new EdgeConnector(server, options, threads);
    overseer = new Overseer(options.headTimeout(), connector::connections);
    server.addConnector(connector);
    server.setHandler(new EdgeHandler(options, routes, observer, overseer, () -> isStopping));
    server.setErrorHandler(new Refusals(observer));
  }

  /**
   * Starts serving.
   *
   * @param routes may be replaced at any time
   * @param observer is told of each request
   * @throws EdgeException if the address cannot be had
   */
  public static Edge open(EdgeOptions options, CurrentRoutes routes, RequestObserver observer) {
    requireNonNull(routes, "routes");
    requireNonNull(observer, "observer");
    var edge = new Edge(options, routes, observer);
    edge.start();
    return edge;
  }

  private void start() {
    try {
      server.start();
      port = connector.getLocalPort();
      overseer.start();
    } catch (Exception e) { // Jetty declares no narrower type
      try {
        stop();
      } catch (EdgeException more) {
        e.addSuppressed(more);
      }
      throw new EdgeException(options, e);
    }
  }

  /* The pool is for accepting and selecting; what a request runs is run by virtual threads. */
  private static QueuedThreadPool pool(ExecutorService virtual) {
    var pool = new QueuedThreadPool(8, 3);
    pool.setName("gateway-edge");
    pool.setDaemon(true);
    pool.setReservedThreads(0);
    pool.setVirtualThreadsExecutor(virtual);
    return pool;
  }

  /** Returns the address, such as {@code http://127.0.0.1:40123/}. */
  public URI uri() {
    return URI.create("http://" + options.host() + ":" + port + "/");
  }

  /** Returns the port that is listened on. */
  public int port() {
    return port;
  }

  /** Returns whether new requests are welcome: false once this is being closed. */
  public boolean isReady() {
    return !isStopping;
  }

  /** Returns the number of requests that are being answered. */
  public int running() {
    return overseer.count();
  }

  /**
   * Stops: takes no more connections, answers what is under way and what still comes on open
   * connections, each as the last one of its connection, and after the stop timeout gives up what is
   * left, with 503 where the answer has not begun.
   */
  @Override
  public void close() {
    isStopping = true;
    connector.close();
    try {
      if (!overseer.awaitNone(options.stopTimeout())) {
        overseer.giveUp();
        overseer.awaitNone(LAST_WORDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then without waiting
    }
    stop();
  }

  private void stop() {
    overseer.close();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // Jetty declares no narrower type
      throw new EdgeException(options, e);
    } finally {
      threads.shutdownNow();
    }
  }
}
