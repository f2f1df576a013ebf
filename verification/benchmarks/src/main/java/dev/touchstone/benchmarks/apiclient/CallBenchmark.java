package dev.touchstone.benchmarks.apiclient;

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

/**
 * One GET of a small JSON document into a record, with the URL built per call and no network: what
 * a client adds to OkHttp and Jackson.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

  @Param({"OKHTTP", "TOUCHSTONE", "TOUCHSTONE_EVERYTHING", "RETROFIT", "FEIGN"})
  private Peer peer;

  private Peer.Caller caller;

  /** Makes the client. */
  @Setup
  public void open() {
    var okHttp = new OkHttpClient.Builder().addInterceptor(new Loopback()).build();
    caller = peer.caller(okHttp, "https://api.test/v3/");
  }

  /** Makes one call. */
  @Benchmark
  public Repo call() throws Exception {
    return caller.repo("acme", "x");
  }
}
