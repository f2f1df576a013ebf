package dev.touchstone.documentation.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.Select;
import dev.touchstone.concurrency.context.ContextPropagation;
import dev.touchstone.concurrency.executor.Async;
import dev.touchstone.concurrency.executor.Backoff;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Saturation;
import dev.touchstone.concurrency.executor.ShutdownCoordinator;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import dev.touchstone.concurrency.keyed.KeyedExecutor;
import dev.touchstone.concurrency.keyed.KeyedLock;
import dev.touchstone.concurrency.keyed.SingleFlight;
import dev.touchstone.concurrency.limit.ConcurrencyLimiter;
import dev.touchstone.concurrency.limit.Limit;
import dev.touchstone.concurrency.pipeline.ErrorPolicy;
import dev.touchstone.concurrency.pipeline.Pipeline;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import dev.touchstone.concurrency.sync.GroupCommitter;
import dev.touchstone.concurrency.sync.Guarded;
import dev.touchstone.concurrency.sync.StallDetector;
import dev.touchstone.concurrency.sync.WakeSignal;
import dev.touchstone.concurrency.testing.Simulation;
import dev.touchstone.concurrency.testing.SimulationError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The examples of docs/choose.md on touchstone-concurrency. */
class ConcurrencySnippetsTest {

  private record Image(String name) {}

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private static String download(String address) {
    return "page " + address;
  }

  private void thumbnail(Image image) {
    log.add("small " + image.name());
  }

  @Test
  void manyCallsThatWait() throws Exception {
    var addresses = List.of("a", "b", "c");
    var pages = new ArrayList<String>();
    // @start region="tasks-that-wait"
    try (var io =
        ManagedExecutor.virtual("downloads").concurrency(50).queue(500).build()) {
      var tasks = addresses.stream().map(it -> io.submit(() -> download(it))).toList();
      for (var task : tasks) {
        pages.add(task.get());
      }
    } // waits for all; nothing runs on
    // @end
    assertThat(pages).containsExactly("page a", "page b", "page c");
  }

  @Test
  void moreWorkThanProcessors() {
    var images = List.of(new Image("a"), new Image("b"));
    // @start region="tasks-that-compute"
    try (var cpu = ManagedExecutor.platform("thumbnails")
        .queue(100)
        .saturation(Saturation.CALLER_RUNS) // who brings too much helps
        .build()) {
      for (var image : images) {
        cpu.execute(() -> thumbnail(image));
      }
    }
    // @end
    assertThat(log).containsExactlyInAnyOrder("small a", "small b");
  }

  @Test
  void tooBusy() {
    var never = new CountDownLatch(1);
    try (var executor = ManagedExecutor.virtual("requests")
        .concurrency(1)
        .queue(0)
        .saturation(Saturation.REJECT)
        .grace(Duration.ZERO)
        .build()) {
      executor.submit(() -> {
        never.await();
        return null;
      });
      // @start region="say-no"
      try {
        executor.execute(() -> thumbnail(new Image("a")));
      } catch (TaskRejectedException busy) {
        log.add("503, because " + busy.getMessage());
      }
      // @end
    }
    assertThat(log).hasSize(1).first().asString().startsWith("503, because executor 'requests'");
  }

  private static int price(String shop) {
    return shop.length();
  }

  private static int cheapest(List<String> shops) throws InterruptedException {
    // @start region="split-and-join"
    try (var scope = TaskScope.open(
        Joiner.<Integer>allSuccessfulOrThrow(),
        settings -> settings.timeout(Duration.ofSeconds(2)).limit(8))) {
      for (var shop : shops) {
        scope.fork(() -> price(shop));
      }
      return Collections.min(scope.join()); // one failure ends all the others
    }
    // @end
  }

  @Test
  void splitAndJoin() throws Exception {
    assertThat(cheapest(List.of("abc", "de"))).isEqualTo(2);
  }

  @Test
  void slowServer() throws Exception {
    try (var io = ManagedExecutor.virtual("io").build()) {
      // @start region="slow-server"
      var answer = Async.hedge(io, Duration.ofMillis(80), () -> download("a"));
      // a second call starts after 80 ms; the slower of the two is cancelled
      // @end
      assertThat(answer.get()).isEqualTo("page a");
    }
  }

  @Test
  void background() throws Exception {
    var swept = new CountDownLatch(2);
    Runnable sweep = swept::countDown;
    var minute = Duration.ofMillis(2);
    // @start region="again-and-again"
    try (var background = ManagedExecutor.virtual("background").build();
        var cleaning = background
            .every(minute)
            .onFailure(Backoff.doubling(minute, minute.multipliedBy(60)))
            .start(sweep)) { // never twice at once, and not ended by an exception
      swept.await();
      log.add("last failure: " + cleaning.lastFailure());
    }
    // @end
    assertThat(log).containsExactly("last failure: Optional.empty");
  }

  @Test
  void stopping() {
    AutoCloseable server = () -> log.add("no more requests");
    AutoCloseable database = () -> log.add("connections closed");
    var workers = ManagedExecutor.virtual("workers").build();
    // @start region="stop-in-order"
    var coordinator = ShutdownCoordinator.builder()
        .add("intake", "server", server)
        .add("work", workers) // when nothing new comes
        .add("storage", "database", database) // when nothing uses it
        .build();

    var report = coordinator.close(Duration.ofSeconds(20)); // or atExit(...)
    // @end
    assertThat(report.isClean()).isTrue();
    assertThat(log).containsExactly("no more requests", "connections closed");
  }

  @Test
  void producersAndConsumers() throws Exception {
    // @start region="producer-consumer"
    Channel<String> lines = Channel.buffered(100); // full: the sender waits
    var writer = Thread.startVirtualThread(() -> lines.forEach(log::add));

    for (var line : List.of("one", "two")) {
      lines.send(line);
    }
    lines.close(); // ends the loop of the receiver, once it has all
    writer.join();
    // @end
    assertThat(log).containsExactly("one", "two");
  }

  @Test
  void whatComesFirst() throws Exception {
    Channel<String> jobs = Channel.buffered(4);
    Channel<String> orders = Channel.buffered(4);
    jobs.send("tea");
    // @start region="what-comes-first"
    String next = Select.<String>on(orders.receiving(order -> "obey " + order))
        .or(jobs.receiving(job -> "do " + job))
        .timeout(Duration.ofSeconds(1), () -> "look around")
        .await();
    // @end
    assertThat(next).isEqualTo("do tea");
  }

  @Test
  void steps() throws Exception {
    var addresses = List.of("a", "b");
    try (var executor = ManagedExecutor.virtual("crawl").build()) {
      // @start region="steps"
      var pipeline = Pipeline.from(addresses)
          .map("download", it -> download(it))
          .parallel(16)
          .onError(ErrorPolicy.<String>retry(3).orElse(ErrorPolicy.skip()))
          .batch(100, Duration.ofSeconds(1))
          .to("store", pages -> log.addAll(pages)); // slow? then the downloads wait

      try (var run = pipeline.start(executor)) {
        run.await();
      }
      // @end
    }
    assertThat(log).containsExactly("page a", "page b");
  }

  private final Map<String, Integer> stock = new HashMap<>(Map.of("here", 5, "there", 0));
  private final KeyedLock<String> shelves = KeyedLock.create();

  @SuppressWarnings("try") // locks are held for their effect
  // @start region="one-at-a-time-per-key"
  void move(String from, String to) throws InterruptedException {
    try (var both = shelves.lockAll(List.of(from, to))) { // in one order, so never a deadlock
      stock.merge(from, -1, Integer::sum);
      stock.merge(to, 1, Integer::sum);
    }
  }

  // @end

  @Test
  void locksByKey() throws Exception {
    move("here", "there");
    assertThat(stock).containsEntry("here", 4).containsEntry("there", 1);
  }

  @Test
  void orderByKey() throws Exception {
    Queue<String> handled = new ConcurrentLinkedQueue<>();
    // @start region="order-per-key"
    try (var executor = ManagedExecutor.virtual("accounts").concurrency(16).build()) {
      var accounts = KeyedExecutor.<String>on(executor);
      accounts.submit("ada", () -> handled.add("open"));
      accounts.submit("ada", () -> handled.add("pay in")); // after that, whatever else goes on
      accounts.submit("grace", () -> log.add("open")); // meanwhile
    }
    // @end
    assertThat(handled).containsExactly("open", "pay in");
  }

  @Test
  void oneQuestion() throws Exception {
    try (var executor = ManagedExecutor.virtual("rates").build()) {
      // @start region="same-question"
      var rates = SingleFlight.<String, String>on(executor);

      var rate = rates.get("EUR", () -> download("EUR")); // a thousand callers, one download
      // @end
      assertThat(rate).isEqualTo("page EUR");
    }
  }

  @Test
  @SuppressWarnings("try") // a permit is held for its effect
  void overload() throws Exception {
    // @start region="protect-a-service"
    var limiter = ConcurrencyLimiter.builder(Limit.aimd(1, 10, 200)) // finds out how many
        .backlog(50)
        .build();

    try (var permit = limiter.acquire()) {
      log.add(download("a"));
      permit.success(); // or permit.dropped(), and the limit goes down
    }
    // @end
    assertThat(limiter.inFlight()).isZero();
  }

  private static final class Account {

    private int cents = 100;

    int cents() {
      return cents;
    }

    int add(int more) {
      return cents += more;
    }
  }

  @Test
  void sharedState() throws Exception {
    // @start region="shared-state"
    var account = Guarded.of("account", new Account()); // no way to it but through the lock

    account.write(it -> it.add(50));
    int left = account.await(it -> it.cents() >= 120, it -> it.add(-120)); // waits until there is
    // @end
    assertThat(left).isEqualTo(30);
  }

  @Test
  void somethingToDo() throws Exception {
    Queue<String> jobs = new ConcurrentLinkedQueue<>(List.of("a"));
    // @start region="something-to-do"
    var wake = WakeSignal.builder().poll(Duration.ofSeconds(5)).build();
    wake.signal(); // by whoever adds a job; not lost when it comes too early

    while (!jobs.isEmpty()) {
      wake.await(); // a signal, a due time, or 5 s
      log.add(jobs.remove());
    }
    // @end
    assertThat(log).containsExactly("a");
  }

  private static List<Integer> insertAll(List<String> rows) {
    return rows.stream().map(row -> 1).toList();
  }

  @Test
  void smallWrites() throws Exception {
    // @start region="small-writes"
    try (var committer = GroupCommitter.builder((List<String> rows) -> insertAll(rows))
        .maxBatch(500)
        .open()) {
      var written = committer.submit("row"); // from any thread; one transaction for many
      assertThat(written.get()).isEqualTo(1);
    }
    // @end
  }

  @Test
  void whoAsked() throws Exception {
    MDC.put("request", "42");
    // @start region="who-asked"
    try (var io =
        ManagedExecutor.virtual("io").context(ContextPropagation.mdc()).build()) {
      var seen = io.submit(() -> MDC.get("request")); // that of the submitter
      assertThat(seen.get()).isEqualTo("42");
    }
    // @end
    MDC.clear();
  }

  private static final class Counter {

    private final Simulation simulation;
    private int count;

    Counter(Simulation simulation) {
      this.simulation = simulation;
    }

    void increment() {
      var read = count;
      simulation.point();
      count = read + 1;
    }

    int count() {
      return count;
    }
  }

  @Test
  void race() {
    assertThatThrownBy(() -> {
          // @start region="race"
          Simulation.explore(
              1_000,
              simulation -> { // as many schedules, each with a seed
                var counter = new Counter(simulation);
                var one = simulation.fork("one", counter::increment);
                var two = simulation.fork("two", counter::increment);
                one.join();
                two.join();
                assertThat(counter.count()).isEqualTo(2); // the failure says how to run it again
              });
          // @end
        })
        .isInstanceOf(SimulationError.class);
  }

  @Test
  void hanging() {
    try (var executor = ManagedExecutor.virtual("work").build()) {
      // @start region="hanging"
      var detector = StallDetector.builder()
          .limit(Duration.ofSeconds(5))
          .watch(executor)
          .watch(shelves)
          .build();

      log.add(detector.check().describe()); // who waits for whom, with stacks
      // @end
      assertThat(log).hasSize(1);
    }
  }
}
