package dev.touchstone.examples.gateway.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one line of JSON for each request, on a thread of its own. If that cannot keep up, lines are
 * left out and counted: a full disk must not stop the gateway.
 */
public final class AccessLog implements RequestObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final int MOST_WAITING = 8_192;
  private static final byte[] END = {};

  private final OutputStream out;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;

  private AccessLog(OutputStream out) {
    this.out = out;
    writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);
  }

  /**
   * Starts a log.
   *
   * @param out where to, such as a file opened to append; flushed when nothing waits, and left open
   */
  public static AccessLog to(OutputStream out) {
    var log = new AccessLog(out);
    log.writer.start();
    return log;
  }

  @Override
  public void ended(Ended request) {
    if (!waiting.offer(line(request))) {
      dropped.incrementAndGet();
    }
  }

  /** Returns the number of lines that were left out. */
  public long dropped() {
    return dropped.get();
  }

  private static byte[] line(Ended request) {
    var members = new LinkedHashMap<String, Object>();
    members.put("time", request.at().toString());
    members.put("id", request.id());
    members.put("route", request.routeName());
    members.put("method", request.method());
    members.put("host", request.authority());
    members.put("path", request.path());
    members.put("protocol", request.protocol());
    members.put("client", request.client());
    members.put("caller", request.caller().name());
    members.put("userAgent", request.userAgent());
    members.put("status", request.status());
    members.put("outcome", request.outcome());
    members.put("bytesIn", request.bytesIn());
    members.put("bytesOut", request.bytesOut());
    members.put("millis", request.nanos() / 1e6);
    return (JsonMapper.shared().writeValueAsString(members) + "\n").getBytes(UTF_8);
  }

  @SuppressWarnings("ReferenceEquality") // the end is a mark, whatever it reads
  private void write() {
    try {
      for (var line = waiting.take(); line != END; line = waiting.take()) {
        write(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(byte[] line) {
    try {
      out.write(line);
      if (waiting.isEmpty()) {
        out.flush();
      }
    } catch (IOException failure) {
      if (dropped.getAndIncrement() == 0) {
        LOG.warn("The access log cannot be written; lines are left out from now on", failure);
      }
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    try {
      waiting.put(END);
      writer.join();
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.warn("The end of the access log cannot be written", failure);
    }
  }
}
