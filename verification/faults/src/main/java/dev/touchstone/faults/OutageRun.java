package dev.touchstone.faults;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import feign.DefaultRetryer;
import feign.Feign;
import feign.RequestLine;
import feign.Response;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Lets clients make calls through an {@link Outage}. */
final class OutageRun {

  /** How many times faster than life those run that know no virtual time. */
  static final int SCALE = 10;

  private static final long SEED = 20_26;

  private OutageRun() {}

  /** Runs this project's client, with its defaults but for the policy, in virtual time. */
  static Outage touchstone(int callsPerSecond, RetryPolicy policy) {
    var outage = new Outage(callsPerSecond);
    var timeline = new Timeline();
    var random = new SplittableRandom(SEED);
    ScriptedTransport.Script script = request -> {
      if (!outage.attempt(timeline.nanoTime() / 1e9)) {
        throw ScriptedTransport.notSent("connection refused");
      }
      return ScriptedTransport.json(request, 200, "1");
    };
    try (var client = ApiClient.builder("http://server.test/")
        // A transport of its own for each call: it keeps what it was asked, which would be all.
        .transport(request -> new ScriptedTransport(script).newCall(request))
        .time(timeline)
        .random(() -> random)
        .retry(policy)
        .build()) {
      var request = ApiRequest.get("things").asText();
      for (var i = 0; i < callsPerSecond * Outage.SECONDS; i++) {
        timeline.at(TimeUnit.SECONDS.toNanos(i) / callsPerSecond, () -> {
          var begun = timeline.nanoTime() / 1e9;
          try {
            client.send(request);
            outage.succeeded(begun);
          } catch (ApiException failed) {
            // The outage counts what succeeds.
          }
        });
      }
      timeline.run();
    }
    return outage;
  }

  /** Runs the retryer that Feign has by default, with its times scaled. */
  static Outage feign(int callsPerSecond) throws Exception {
    return inRealTime(callsPerSecond, server -> {
      Things things = Feign.builder()
          .client((request, options) -> {
            server.call();
            return Response.builder()
                .request(request)
                .status(200)
                .headers(Map.of())
                .body("1".getBytes(StandardCharsets.UTF_8))
                .build();
          })
          .retryer(new DefaultRetryer(100 / SCALE, 1_000 / SCALE, 5))
          .target(Things.class, "http://server.test");
      return things::get;
    });
  }

  /** Runs the Retry that Resilience4j has by default, with its time scaled. */
  static Outage resilience4j(int callsPerSecond) throws Exception {
    var config =
        RetryConfig.custom().waitDuration(Duration.ofMillis(500 / SCALE)).build();
    var retry = Retry.of("things", config);
    return inRealTime(callsPerSecond, server -> Retry.decorateCallable(retry, server::call));
  }

  /** What Feign implements. */
  interface Things {

    /** Makes a GET. */
    @RequestLine("GET /things")
    String get();
  }

  /** A server that takes a request or refuses the connection. */
  @FunctionalInterface
  private interface Server {

    /** Asks it. */
    String call() throws ConnectException;
  }

  private static Outage inRealTime(int callsPerSecond, Function<Server, Callable<String>> client)
      throws Exception {
    warmUp(client.apply(() -> "1"));
    var outage = new Outage(callsPerSecond);
    var start = System.nanoTime();
    var call = client.apply(() -> {
      if (!outage.attempt(seconds(start))) {
        throw new ConnectException("connection refused");
      }
      return "1";
    });
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < callsPerSecond * Outage.SECONDS; i++) {
      var due = start + TimeUnit.SECONDS.toNanos(i) / callsPerSecond / SCALE;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      var begun = (double) i / callsPerSecond;
      threads.add(Thread.ofVirtual().start(() -> {
        try {
          call.call();
          outage.succeeded(begun);
        } catch (Exception failed) {
          // The outage counts what succeeds.
        }
      }));
    }
    for (var thread : threads) {
      thread.join();
    }
    return outage;
  }

  /* Compiled code from the start: calls that are late by the compiler's doing count for the wrong
   * second. */
  private static void warmUp(Callable<String> call) throws Exception {
    for (var i = 0; i < 20_000; i++) {
      call.call();
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * SCALE / 1e9;
  }
}
