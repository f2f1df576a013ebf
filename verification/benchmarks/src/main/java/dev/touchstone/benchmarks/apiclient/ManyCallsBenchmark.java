package dev.touchstone.benchmarks.apiclient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Many calls at once, each on a virtual thread, to a server that takes 200 ms to answer. A call that
 * fails fails the benchmark. Client and server need two files per call: {@code ulimit -n 25000}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ManyCallsBenchmark {

  @Param({"OKHTTP", "TOUCHSTONE", "TOUCHSTONE_EVERYTHING"})
  private Peer peer;

  @Param("1000")
  private int calls;

  private LoopbackServer server;
  private Peer.Caller caller;

  /** Starts the server and makes the client. */
  @Setup
  public void open() throws IOException {
    server = new LoopbackServer(200);
    var okHttp = new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(calls, 5, TimeUnit.MINUTES))
        .readTimeout(0, TimeUnit.SECONDS)
        .build();
    caller = peer.caller(okHttp, server.url());
  }

  /** Makes all the calls. */
  @Benchmark
  public int allAtOnce() throws Exception {
    var answers = new ArrayList<Future<Repo>>(calls);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < calls; i++) {
        answers.add(threads.submit(() -> caller.repo("acme", "x")));
      }
    }
    var stars = 0;
    for (var answer : answers) {
      stars += answer.get().stars();
    }
    return stars;
  }

  /** Stops the server. */
  @TearDown
  public void close() throws IOException {
    server.close();
  }
}
