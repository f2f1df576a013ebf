package dev.touchstone.examples.taskqueue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Stands between a program and PostgreSQL, and may cut a connection when it commits: the database
 * has got the COMMIT, or the statement that is committed by itself, and does it, the program never
 * gets an answer.
 */
final class CommitCutter implements AutoCloseable {

  private static final List<byte[]> COMMITS = Stream.of(
          "COMMIT", "insert into tq_job", "tq_claim(", "insert into tq_done")
      .map(text -> text.getBytes(StandardCharsets.US_ASCII))
      .toList();

  private final URI target;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger toCut = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();

  private CommitCutter(String address, ServerSocket listener) {
    target = URI.create(address.substring("jdbc:".length()));
    this.listener = listener;
  }

  static CommitCutter open(String address) throws IOException {
    var cutter =
        new CommitCutter(address, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("cutter").start(cutter::accept);
    return cutter;
  }

  /** Returns the address that leads through here. The text of each statement is sent each time. */
  String address() {
    return "jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + target.getPath() + "?"
        + target.getQuery() + "&prepareThreshold=0";
  }

  /** Cuts the next commits. */
  void cutNext(int commits) {
    toCut.set(commits);
  }

  /** Returns how many were cut. */
  int cut() {
    return cut.get();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket();
        server.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        sockets.addAll(List.of(client, server));
        var isCut = new AtomicBoolean();
        Thread.ofVirtual().name("to-server").start(() -> ask(client, server, isCut));
        Thread.ofVirtual().name("to-client").start(() -> answer(server, client, isCut));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void ask(Socket client, Socket server, AtomicBoolean isCut) {
    pass(client, server, (buffer, length) -> {
      if (COMMITS.stream().anyMatch(text -> contains(text, buffer, length)) && takesOne()) {
        isCut.set(true);
      }
      return true;
    });
  }

  /** Passes no answer on after the cut: when there is one, the database has committed. */
  private void answer(Socket server, Socket client, AtomicBoolean isCut) {
    pass(server, client, (buffer, length) -> {
      if (isCut.get()) {
        cut.incrementAndGet();
      }
      return !isCut.get();
    });
  }

  /** Decides whether to go on. */
  private interface Look {
    boolean passes(byte[] buffer, int length);
  }

  private static void pass(Socket from, Socket to, Look look) {
    var buffer = new byte[64 * 1024];
    try (from;
        to) {
      int length;
      while ((length = from.getInputStream().read(buffer)) >= 0 && look.passes(buffer, length)) {
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // one side is gone, and so is the other
    }
  }

  private boolean takesOne() {
    return toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private static boolean contains(byte[] text, byte[] buffer, int length) {
    for (int i = 0; i + text.length <= length; i++) {
      if (Arrays.equals(buffer, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
