package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a {@link Site} to browsers on this machine, and only to those whom the address with the token
 * was given to. From another machine it is reached through a tunnel such as {@code ssh -L}.
 *
 * {@snippet class="dev.touchstone.examples.web.SnippetsTest" region="server"}
 *
 * <p>Each request is answered by a virtual thread. Safe for use by several threads.
 */
public final class WebServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_HEADERS = 16 * 1024;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final GracefulHandler requests;
  private final ExecutorService threads;
  private final int port;
  private final Access access;

  private WebServer(
      Server server,
      ServerConnector connector,
      GracefulHandler requests,
      ExecutorService threads,
      Access access) {
    this.server = server;
    this.connector = connector;
    this.requests = requests;
    this.threads = threads;
    this.access = access;
    port = connector.getLocalPort();
  }

  /**
   * Starts serving a site.
   *
   * @param port of loopback, from 0 to 65535; 0 for a free one
   * @throws WebServerException if the port cannot be had
   * @throws IllegalArgumentException if the port is out of its range
   */
  public static WebServer open(Site site, int port) {
    requireNonNull(site, "site");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
    }
    var threads = Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("web-request-", 0).factory());
    var pool = pool(threads);
    var server = new Server(pool);
    var connector = connector(server, port);
    try {
      connector.open(); // the port is known before the first request: cookies and hosts hold it
    } catch (IOException e) {
      throw new WebServerException(port, e);
    }
    pool.setName("web-" + connector.getLocalPort());
    var access = new Access(connector.getLocalPort());
    server.addConnector(connector);
    var requests = new GracefulHandler(new SiteHandler(site, access));
    server.setHandler(requests);
    server.setErrorHandler(WebServer::refuse);
    start(server, port);
    return new WebServer(server, connector, requests, threads, access);
  }

  /* The pool is for accepting and selecting; what a request runs is run by virtual threads. */
  private static QueuedThreadPool pool(ExecutorService virtual) {
    var pool = new QueuedThreadPool(8, 2);
    pool.setDaemon(true);
    pool.setReservedThreads(0);
    pool.setVirtualThreadsExecutor(virtual);
    return pool;
  }

  private static ServerConnector connector(Server server, int port) {
    var http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADERS);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  /* What Jetty refuses itself is no proper request, so whoever sent it wants no page. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    var text = "The request was not understood.\n".getBytes(UTF_8);
    response.write(true, ByteBuffer.wrap(text), callback);
    return true;
  }

  private static void start(Server server, int port) {
    try {
      server.start();
    } catch (Exception e) { // Jetty declares no narrower type
      try {
        server.stop();
      } catch (Exception more) {
        e.addSuppressed(more);
      }
      throw new WebServerException(port, e);
    }
  }

  /** Returns the address without the token, such as {@code http://127.0.0.1:40123/}. */
  public URI uri() {
    return URI.create("http://" + LOOPBACK + ":" + port + "/");
  }

  /** Returns the address to open in a browser. Whoever knows it gets in. */
  public URI uriWithToken() {
    return uri().resolve("/?token=" + access.token());
  }

  /** Returns what a program sends as {@code Authorization: Bearer}. */
  public String token() {
    return access.token();
  }

  /**
   * Stops: takes no more connections and requests, lets those under way come to their end, for at most
   * 2 seconds, interrupts what takes longer, and closes all connections.
   */
  @Override
  public void close() {
    /* Jetty's own graceful stop waits for every connection to become idle, which one that a browser
     * keeps for its next request is only when its time is over. What matters are the requests. */
    connector.close();
    try {
      requests.shutdown().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // what takes longer is cut short
    }
    stop();
  }

  private void stop() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // Jetty declares no narrower type
      throw new WebServerException(port, e);
    } finally {
      threads.shutdownNow();
    }
  }
}
