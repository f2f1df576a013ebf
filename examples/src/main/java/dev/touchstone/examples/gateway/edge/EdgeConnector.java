package dev.touchstone.examples.gateway.edge;

import dev.touchstone.apiclient.time.TimeSource;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Takes connections, which notice when their client leaves, and reads requests as strictly as it can. */
final class EdgeConnector extends ServerConnector {

  /*
   * How many connections may wait to be accepted. With the 50 that are the default of Java, a burst
   * while all processors are busy overflows the queue, and a client asks again only after a second.
   */
  private static final int WAITING_CONNECTIONS = 1024;

  private final Executor threads;

  /**
   * @param threads for what connections wait for
   */
  EdgeConnector(Server server, EdgeOptions options, Executor threads) {
    this(server, options, configuration(options), threads);
  }

  private EdgeConnector(
      Server server, EdgeOptions options, HttpConfiguration http, Executor threads) {
    super(server, 1, 1, new HttpConnectionFactory(http), new PriorKnowledge(http));
    this.threads = threads;
    setHost(options.host());
    setPort(options.port());
    setAcceptQueueSize(WAITING_CONNECTIONS);
    setIdleTimeout(options.idleTimeout().toMillis());
  }

  private static HttpConfiguration configuration(EdgeOptions options) {
    var http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(uris(options.liberties()));
    http.setSendServerVersion(false);
    http.setSendDateHeader(false); // an answer of a backend has its own; see JettyExchange
    http.setRequestHeaderSize(options.maxHeaderBytes());
    http.setOutputBufferSize(16 * 1024);
    return http;
  }

  private static UriCompliance uris(Set<PathLiberty> liberties) {
    var allowed = EnumSet.noneOf(UriCompliance.Violation.class);
    for (var liberty : liberties) {
      switch (liberty) {
        case ENCODED_SLASH -> allowed.add(UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);
        case EMPTY_SEGMENT -> allowed.add(UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT);
        case PARAMETERS -> {} // Jetty refuses only those of dot segments, which stay refused
      }
    }
    return new UriCompliance("GATEWAY", allowed);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var endPoint =
        new WatchedEndPoint(channel, selector, key, getScheduler(), threads, TimeSource.system());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  /** Returns the connections that are open now. */
  Stream<WatchedEndPoint> connections() {
    return getConnectedEndPoints().stream()
        .filter(WatchedEndPoint.class::isInstance)
        .map(WatchedEndPoint.class::cast);
  }
}
