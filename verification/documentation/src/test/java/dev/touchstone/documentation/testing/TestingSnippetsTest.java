package dev.touchstone.documentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.Delivery;
import dev.touchstone.apiclient.TransportException;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.testing.Fault;
import dev.touchstone.apiclient.testing.FaultProxy;
import dev.touchstone.apiclient.testing.FaultProxy.Direction;
import dev.touchstone.apiclient.testing.Recorder;
import dev.touchstone.apiclient.testing.Replay;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.TaskExpiredException;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.SimulationError;
import dev.touchstone.concurrency.testing.Strategy;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/testing.md. */
class TestingSnippetsTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  @TempDir
  private Path directory;

  // @start region="token-cache"
  static class TokenCache {

    private final TimeSource time;
    private final Supplier<String> fetch;
    private @Nullable String token;
    private long deadline;

    TokenCache(TimeSource time, Supplier<String> fetch) {
      this.time = time;
      this.fetch = fetch;
    }

    String token() {
      if (token == null || deadline - time.nanoTime() <= 0) {
        token = fetch.get();
        deadline = time.deadlineAfter(Duration.ofMinutes(5));
      }
      return token;
    }
  }

  // @end

  // @start region="locked-cache"
  static final class LockedTokenCache extends TokenCache {

    private final ReentrantLock lock = new ReentrantLock();

    LockedTokenCache(TimeSource time, Supplier<String> fetch) {
      super(time, fetch);
    }

    @Override
    String token() {
      lock.lock();
      try {
        return super.token();
      } finally {
        lock.unlock();
      }
    }
  }

  // @end

  @Test
  void race() {
    assertThatThrownBy(() -> {
          // @start region="race"
          Simulation.explore(1_000, simulation -> {
            var fetches = new AtomicInteger();
            var cache = new TokenCache(simulation.clock(), () -> fetch(simulation, fetches));

            var threads = List.of(
                simulation.fork("first", cache::token), simulation.fork("second", cache::token));
            for (var thread : threads) {
              thread.join();
            }
            assertThat(fetches).hasValue(1);
          });
          // @end
        })
        .isInstanceOf(SimulationError.class)
        .hasMessageContaining("replay: Simulation.run(");
  }

  // @start region="fetch"
  private static String fetch(Simulation simulation, AtomicInteger fetches) {
    simulation.point(); // the real one waits for the network: others may run meanwhile
    return "token " + fetches.incrementAndGet();
  }

  // @end

  @Test
  void noRace() {
    Simulation.explore(1_000, simulation -> {
      var fetches = new AtomicInteger();
      var cache = new LockedTokenCache(simulation.clock(), () -> fetch(simulation, fetches));

      var threads =
          List.of(simulation.fork("first", cache::token), simulation.fork("second", cache::token));
      for (var thread : threads) {
        thread.join();
      }
      assertThat(fetches).hasValue(1);
    });
  }

  @Test
  void replay() {
    // @start region="one-schedule"
    var trace = Simulation.run(42, Strategy.pct(3), simulation -> {
      var one = simulation.fork("one", simulation::point);
      one.join();
    });
    assertThat(trace.switches()).isNotEmpty(); // who went on, at each switch
    // @end
  }

  @Test
  void expiry() {
    // @start region="expiry"
    Simulation.run(1, simulation -> {
      var fetches = new AtomicInteger();
      var cache = new LockedTokenCache(simulation.clock(), () -> fetch(simulation, fetches));

      assertThat(cache.token()).isEqualTo("token 1");
      simulation.clock().sleep(Duration.ofMinutes(5)); // takes no time
      assertThat(cache.token()).isEqualTo("token 2");
    });
    // @end
  }

  @Test
  void executor() {
    // @start region="executor"
    Simulation.run(1, simulation -> {
      var executor = ManagedExecutor.virtual("orders")
          .concurrency(1)
          .queueTimeout(Duration.ofSeconds(30))
          .threadFactory(simulation.threadFactory())
          .timeSource(simulation.clock())
          .build();
      executor.execute(() -> sleep(simulation, Duration.ofSeconds(45)));
      var late = executor.submit(() -> "never");

      assertThatThrownBy(late::get).hasCauseInstanceOf(TaskExpiredException.class);
      executor.close();
    });
    // @end
  }

  private static void sleep(Simulation simulation, Duration time) {
    try {
      simulation.clock().sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // @start region="shop-client"
  static final class Shop implements AutoCloseable {

    private final ApiClient api;

    Shop(ApiClient.Builder options) { // what a test may set
      api = options.auth(RequestAuthenticator.bearer(() -> "secret")).build();
    }

    int price(String article) {
      return api.send(ApiRequest.get("articles/{name}", article).as(Article.class))
          .cents();
    }

    void order(String article) {
      api.send(ApiRequest.post("orders").json(new Article(article, 0)).discard());
    }

    @Override
    public void close() {
      api.close();
    }
  }

  record Article(String name, int cents) {}

  // @end

  @Test
  void script() {
    // @start region="script"
    Iterator<Integer> statuses = List.of(503, 503, 200).iterator();
    var transport = new ScriptedTransport(request ->
        ScriptedTransport.json(request, statuses.next(), "{\"name\":\"tea\",\"cents\":250}"));
    var time = new VirtualTime();

    try (var shop =
        new Shop(ApiClient.builder("http://shop").transport(transport).time(time))) {
      assertThat(shop.price("tea")).isEqualTo(250);
    }
    assertThat(time.sleeps()).hasSize(2); // the two back-offs took no time
    assertThat(transport.requests())
        .hasSize(3)
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo("Bearer secret"));
    // @end
  }

  @Test
  void network() {
    server.enqueue(new MockResponse.Builder().code(200).body("{\"cents\":250}").build());
    server.enqueue(new MockResponse.Builder().code(200).body("").build());
    // @start region="network"
    try (var proxy = FaultProxy.open(server.getSocketAddress());
        var shop = new Shop(ApiClient.builder(proxy.uri().toString()))) {
      assertThat(shop.price("tea")).isEqualTo(250);

      proxy.inject(Direction.TO_CLIENT, new Fault.LimitData(20)); // cuts the answer

      assertThatThrownBy(() -> shop.order("tea")) // may have been placed: not sent again
          .isInstanceOfSatisfying(
              TransportException.class,
              lost -> assertThat(lost.delivery()).isEqualTo(Delivery.UNKNOWN));
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
    // @end
  }

  @Test
  void recording() throws Exception {
    server.enqueue(new MockResponse.Builder().code(200).body("{\"cents\":250}").build());
    var url = server.url("/").toString();
    // @start region="record"
    var cassette = directory.resolve("prices.json");
    try (var recorder = Recorder.to(cassette);
        var shop = new Shop(ApiClient.builder(url)
            .okHttp(new OkHttpClient.Builder().addInterceptor(recorder).build()))) {
      shop.price("tea");
    }
    // @end
    assertThat(Files.readString(cassette)).doesNotContain("secret");

    // @start region="replay"
    var okHttp = new OkHttpClient.Builder().addInterceptor(Replay.of(cassette)).build();
    try (var shop = new Shop(ApiClient.builder(url).okHttp(okHttp))) {
      assertThat(shop.price("tea")).isEqualTo(250);
      assertThatThrownBy(() -> shop.price("coffee")).hasMessageContaining("articles");
    }
    // @end
  }

  @Test
  void plugin() {
    // @start region="plugin"
    var jar = PluginJar.of("clock", "1.0.0")
        .mainClass("clock.Main")
        .source("clock.Main", """
            package clock;
            import dev.touchstone.patterns.plugin.*;
            public class Main implements Plugin {
              public void start(PluginContext context) {
                context.newTimer().scheduleAtFixedRate(() -> {}, 1, 1, java.util.concurrent.TimeUnit.SECONDS);
              }
            }
            """)
        .writeTo(directory.resolve("clock.jar"));

    try (var host = PluginHost.builder().trust(Trust.everything()).build()) {
      PluginAssertions.assertUnloads(host, jar); // loads, starts, stops, and out of memory
    }
    // @end
  }

  @Test
  void leakingPlugin() {
    // @start region="leak"
    var jar = PluginJar.of("leak", "1.0.0")
        .mainClass("leak.Main")
        .source("leak.Main", """
            package leak;
            import dev.touchstone.patterns.plugin.*;
            public class Main implements Plugin {
              public void start(PluginContext context) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "leak"));
              }
            }
            """)
        .writeTo(directory.resolve("leak.jar"));

    try (var host = PluginHost.builder().trust(Trust.everything()).build()) {
      assertThatThrownBy(() -> PluginAssertions.assertUnloads(host, jar))
          .isInstanceOf(AssertionError.class);
    }
    // @end
  }
}
