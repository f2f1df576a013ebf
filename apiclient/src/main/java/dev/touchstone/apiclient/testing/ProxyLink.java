package dev.touchstone.apiclient.testing;

import dev.touchstone.apiclient.testing.Fault.Bandwidth;
import dev.touchstone.apiclient.testing.Fault.HalfOpen;
import dev.touchstone.apiclient.testing.Fault.Latency;
import dev.touchstone.apiclient.testing.Fault.LimitData;
import dev.touchstone.apiclient.testing.Fault.ResetPeer;
import dev.touchstone.apiclient.testing.Fault.Slicer;
import dev.touchstone.apiclient.testing.Fault.SlowClose;
import dev.touchstone.apiclient.testing.FaultProxy.Direction;
import dev.touchstone.apiclient.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultProxy}. */
final class ProxyLink {

  /*
   * Each direction has a thread that reads a chunk, does to it what the faults of that moment say,
   * and delivers what is left of it. The end of one direction is passed on as such, because a client
   * may well finish sending before it reads; when both have ended, the sockets are closed. Whatever
   * else goes wrong closes both sockets, which ends the other thread too.
   */

  private static final int CHUNK = 16 << 10;
  private static final int PIECES_PER_SECOND = 20;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();
  private final Thread requests;
  private final Thread answers;
  private final AtomicInteger running = new AtomicInteger(2);

  ProxyLink(FaultProxy proxy, Socket client, long seed) {
    this.proxy = proxy;
    this.client = client;
    requests = thread(new Pump(Direction.TO_SERVER, client, server, seed));
    answers = thread(new Pump(Direction.TO_CLIENT, server, client, ~seed));
  }

  void start(InetSocketAddress upstream) {
    try {
      server.connect(upstream);
    } catch (IOException noServer) {
      close();
    }
    requests.start();
    answers.start();
  }

  /** Closes both sockets; the threads end soon. */
  void close() {
    FaultProxy.closeQuietly(client);
    FaultProxy.closeQuietly(server);
    requests.interrupt();
    answers.interrupt();
  }

  void join() {
    FaultProxy.join(requests);
    FaultProxy.join(answers);
  }

  private void reset() {
    try {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
    } catch (SocketException closedAlready) {
      // Then there is nothing to reset.
    }
    close();
  }

  private static Thread thread(Pump pump) {
    return Thread.ofVirtual().name("fault-proxy-" + pump.direction).unstarted(pump);
  }

  /** Moves the bytes of one direction. */
  private final class Pump implements Runnable {

    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final SplittableRandom random;
    private @Nullable LimitData limit;
    private long left;

    private Pump(Direction direction, Socket from, Socket to, long seed) {
      this.direction = direction;
      this.from = from;
      this.to = to;
      random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
      try {
        var chunk = new byte[CHUNK];
        for (var n = from.getInputStream().read(chunk); n >= 0; ) {
          deliver(chunk, n);
          n = from.getInputStream().read(chunk);
        }
        end();
      } catch (IOException | InterruptedException broken) {
        close();
      } finally {
        if (running.decrementAndGet() == 0) {
          close();
          proxy.ended(ProxyLink.this);
        }
      }
    }

    private void deliver(byte[] chunk, int length) throws IOException, InterruptedException {
      var deliverable = length;
      var isLimited = false;
      for (var fault : proxy.faults(direction)) {
        switch (fault) {
          case HalfOpen swallow -> {
            return;
          }
          case ResetPeer peer -> {
            sleep(peer.after());
            reset();
            return;
          }
          case Latency late -> sleep(late.delay().plus(drawn(late.jitter())));
          case LimitData most -> {
            deliverable = (int) Math.min(length, leftOf(most));
            isLimited = true;
          }
          case Bandwidth paced -> {}
          case Slicer sliced -> {}
          case SlowClose atTheEnd -> {}
        }
      }
      for (var at = 0; at < deliverable; ) {
        at += deliverPiece(chunk, at, deliverable - at);
      }
      left -= deliverable;
      if (!isLimited) {
        limit = null;
      } else if (left == 0) {
        close();
      }
    }

    private int deliverPiece(byte[] chunk, int from, int length)
        throws IOException, InterruptedException {
      var piece = length;
      var pause = Duration.ZERO;
      for (var fault : proxy.faults(direction)) {
        if (fault instanceof Slicer slicer) {
          piece = Math.min(piece, random.nextInt(1, slicer.most() + 1));
          pause = pause.plus(slicer.pause());
        } else if (fault instanceof Bandwidth most) {
          piece = Math.min(piece, Math.max(1, most.bytesPerSecond() / PIECES_PER_SECOND));
          pause = pause.plus(Duration.ofSeconds(piece).dividedBy(most.bytesPerSecond()));
        }
      }
      to.getOutputStream().write(chunk, from, piece);
      sleep(pause);
      return piece;
    }

    private long leftOf(LimitData now) {
      if (!now.equals(limit)) {
        limit = now;
        left = now.bytes();
      }
      return left;
    }

    private void end() throws IOException, InterruptedException {
      for (var fault : proxy.faults(direction)) {
        switch (fault) {
          case HalfOpen swallow -> {
            return;
          }
          case SlowClose late -> sleep(late.delay());
          default -> {}
        }
      }
      to.shutdownOutput();
    }

    private Duration drawn(Duration most) {
      return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    private void sleep(Duration time) throws InterruptedException {
      if (time.isPositive()) {
        TimeSource.system().sleep(time);
      }
    }
  }
}
