package dev.touchstone.apiclient.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy inside of the test that does to connections what networks do: it delays, throttles,
 * cuts, resets and swallows.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="fault-proxy"}
 *
 * <p>It listens on a free port of the loopback address. Faults strike connections that are open as
 * well as new ones; {@link #heal} ends them. All that is drawn at random comes from the seed, the
 * number of the connection and the direction.
 *
 * <p>Safe for use by several threads. Each connection has two virtual threads, which end with it;
 * {@link #close} ends all and waits for them.
 */
public final class FaultProxy implements AutoCloseable {

  /* A lock guards listener, holder, acceptor and closed; sockets are opened and closed under it,
   * nothing is read or written. */

  /** Which way bytes go. */
  public enum Direction {
    /** From the client to the server: requests. */
    TO_SERVER,
    /** From the server to the client: answers. */
    TO_CLIENT
  }

  private final InetSocketAddress upstream;
  private final long seed;
  private final int port;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<Direction, List<Fault>> faults = Map.of();

  private @Nullable ServerSocket listener;
  private @Nullable Socket holder;
  private @Nullable Thread acceptor;
  private boolean closed;

  private FaultProxy(InetSocketAddress upstream, long seed) throws IOException {
    this.upstream = requireNonNull(upstream, "upstream");
    this.seed = seed;
    port = listen(0);
  }

  /**
   * Starts a proxy in front of a server, with seed 0.
   *
   * @throws UncheckedIOException if no port can be opened
   */
  public static FaultProxy open(InetSocketAddress upstream) {
    return open(upstream, 0);
  }

  /**
   * Starts a proxy in front of a server.
   *
   * @param seed decides what is drawn at random
   * @throws UncheckedIOException if no port can be opened
   */
  public static FaultProxy open(InetSocketAddress upstream, long seed) {
    try {
      return new FaultProxy(upstream, seed);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Returns the port; it stays the same while the proxy is down. */
  public int port() {
    return port;
  }

  /** Returns {@code http://127.0.0.1:PORT/}, or what the loopback address is. */
  public URI uri() {
    var host = InetAddress.getLoopbackAddress().getHostAddress();
    return new HttpUrl.Builder().scheme("http").host(host).port(port).build().uri();
  }

  /** Sets the faults of one direction, in place of those it had. Without any, it is healthy. */
  public void inject(Direction direction, Fault... those) {
    var changed = new EnumMap<Direction, List<Fault>>(Direction.class);
    lock.lock();
    try {
      changed.putAll(faults);
      changed.put(direction, List.of(those));
      faults = changed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all faults, and listens again if the proxy was down. */
  public void heal() {
    lock.lock();
    try {
      faults = Map.of();
      if (listener == null && !closed) {
        listen(port);
      }
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    } finally {
      lock.unlock();
    }
  }

  /** Closes all connections and refuses new ones until {@link #heal}. */
  public void down() {
    lock.lock();
    try {
      stopListening();
      if (!closed && holder == null) {
        holder = bound(port); // so that nobody else gets the port in the meantime
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      lock.unlock();
    }
    links.forEach(ProxyLink::close);
  }

  /** Returns how many connections were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Returns how many connections are open. */
  public int open() {
    return links.size();
  }

  /** Closes all connections, stops listening, and waits until all threads have ended. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      stopListening();
      closeQuietly(holder);
    } finally {
      lock.unlock();
    }
    links.forEach(ProxyLink::close);
    links.forEach(ProxyLink::join);
  }

  /** Returns what to do to the bytes of a direction. */
  List<Fault> faults(Direction direction) {
    return faults.getOrDefault(direction, List.of());
  }

  /** Forgets a connection that has ended. */
  void ended(ProxyLink link) {
    links.remove(link);
  }

  private int listen(int wanted) throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    // Linux lets a listener share a port with a socket that is bound and does not listen.
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    closeQuietly(holder);
    holder = null;
    listener = server;
    acceptor = Thread.ofVirtual().name("fault-proxy-acceptor").start(() -> accept(server));
    return server.getLocalPort();
  }

  private void stopListening() {
    closeQuietly(listener);
    listener = null;
    if (acceptor != null) {
      join(acceptor);
      acceptor = null;
    }
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        var client = server.accept();
        var link = new ProxyLink(this, client, seed + 31L * accepted.incrementAndGet());
        links.add(link);
        link.start(upstream);
      } catch (IOException stopped) {
        return;
      }
    }
  }

  private static Socket bound(int port) throws IOException {
    var socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  static void closeQuietly(@Nullable AutoCloseable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (Exception nothingToSave) {
      // A socket that cannot be closed is closed.
    }
  }

  /** Waits for a thread that is about to end; gives up when this one is interrupted. */
  static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the address, and the faults of each direction. */
  @Override
  public String toString() {
    var now =
        Stream.of(Direction.values()).map(each -> each + " " + faults(each)).toList();
    return "FaultProxy[" + uri() + " " + now + "]";
  }
}
