package dev.touchstone.benchmarks.apiclient;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** The same over a socket of the loopback interface, one call after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LoopbackBenchmark {

  @Param
  private Peer peer;

  private LoopbackServer server;
  private Peer.Caller caller;

  /** Starts the server and makes the client. */
  @Setup
  public void open() throws IOException {
    server = new LoopbackServer(0);
    caller = peer.caller(new OkHttpClient(), server.url());
  }

  /** Makes one call. */
  @Benchmark
  public Repo call() throws Exception {
    return caller.repo("acme", "x");
  }

  /** Stops the server. */
  @TearDown
  public void close() throws IOException {
    server.close();
  }
}
