package dev.touchstone.faults;

import static dev.touchstone.faults.FaultServer.DROP;
import static dev.touchstone.faults.FaultServer.answer;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A fault, and what is seen of a client that meets it.
 *
 * @param title names fault and figure
 * @param observe lets a peer meet the fault and returns the figure
 */
record Fault(String title, Observation observe) {

  /** Lets a peer meet a fault. */
  @FunctionalInterface
  interface Observation {

    /** Returns the figure. */
    String of(Peer peer) throws Exception;
  }

  /* Longer than the longest back-off of any peer: what is still to come, comes before that. */
  private static final int SECONDS_OF_SILENCE = 2;
  private static final int SECONDS_TO_RETURN = 12;
  private static final Map<String, String> SECRETS =
      Map.of("Authorization", "Bearer a", "X-Api-Key", "b", "Cookie", "c=d");

  /** Returns all faults, in the order of the table. */
  static List<Fault> all() {
    return List.of(
        new Fault("POST, pooled connection dropped: requests", Fault::dropped),
        posts("POST, 500: requests", answer(500, "")),
        posts("POST, 408: requests", answer(408, "", "Connection: close")),
        posts("POST, 503 with `Retry-After: 0`: requests", answer(503, "", "Retry-After: 0")),
        gets(
            "GET, 503 with `Retry-After: 999999999999`: requests",
            "999999999999",
            Figures::requests),
        gets("the same: what the caller gets", "999999999999", Figures::outcome),
        gets("GET, 503 with `Retry-After: 3600`: requests", "3600", Figures::requests),
        gets("the same: what the caller gets", "3600", Figures::outcome),
        new Fault("GET, the first answer is cut: what the caller gets", Fault::cut),
        new Fault("GET, 500, cancelled after the first request: requests", Fault::cancelled),
        new Fault("50 calls refused with 401 at once: token requests", peer -> refused(peer, 50)),
        new Fault(
            "1,000 calls refused with 401 at once: token requests", peer -> refused(peer, 1_000)),
        new Fault("302 to another origin: credentials that arrive", Fault::redirected),
        new Fault("POST, 307 to another origin: does the body arrive", Fault::redirectedBody));
  }

  private static String dropped(Peer peer) throws Exception {
    try (var server =
        new FaultServer(request -> request.path().equals("/warm") ? answer(200, "warm") : DROP)) {
      peer.call("GET", server.url() + "warm", "", Map.of());
      outcome(() -> peer.call("POST", server.url() + "order", "one", Map.of()));
      return "" + server.seen("/order").size();
    }
  }

  private static Fault posts(String title, String answer) {
    return new Fault(title, peer -> {
      try (var server = new FaultServer(request -> answer)) {
        outcome(() -> peer.call("POST", server.url() + "order", "one", Map.of()));
        return "" + server.seen("/order").size();
      }
    });
  }

  /** What was seen of a call. */
  private record Figures(String requests, String outcome) {}

  private static Fault gets(String title, String retryAfter, Function<Figures, String> figure) {
    return new Fault(title, peer -> {
      var answer = answer(503, "", "Retry-After: " + retryAfter);
      try (var server = new FaultServer(request -> answer)) {
        var outcome = outcome(() -> peer.call("GET", server.url() + "busy", "", Map.of()));
        return figure.apply(new Figures("" + server.seen("/busy").size(), outcome));
      }
    });
  }

  private static String cut(Peer peer) throws Exception {
    var count = new AtomicInteger();
    var whole = answer(200, "x".repeat(1_000), "Connection: close");
    var half = whole.substring(0, whole.length() - 500);
    try (var server = new FaultServer(request -> count.getAndIncrement() == 0 ? half : whole)) {
      return outcome(() -> peer.call("GET", server.url() + "long", "", Map.of()));
    }
  }

  private static String cancelled(Peer peer) throws Exception {
    var asked = new CountDownLatch(1);
    try (var server = new FaultServer(request -> {
      asked.countDown();
      return answer(500, "");
    })) {
      var call = peer.start(server.url() + "slow");
      if (!asked.await(SECONDS_TO_RETURN, TimeUnit.SECONDS)) {
        throw new IllegalStateException(peer.name() + " did not send a request");
      }
      call.cancel(true);
      for (var before = -1; before != server.seen("/slow").size(); ) {
        before = server.seen("/slow").size();
        TimeUnit.SECONDS.sleep(SECONDS_OF_SILENCE);
      }
      return "" + server.seen("/slow").size();
    }
  }

  /** The first token expires while {@code calls} calls are under way with it. */
  private static String refused(Peer peer, int calls) throws Exception {
    var tokensMade = new AtomicInteger();
    var underWay = new CountDownLatch(calls);
    var expired = new AtomicBoolean();
    try (var tokens = new FaultServer(request -> answer(
            200,
            "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                .formatted(tokensMade.incrementAndGet()),
            "Content-Type: application/json"));
        var api = new FaultServer(request -> {
          var token = request.headers().getOrDefault("authorization", "");
          if (token.equals("Bearer t1") && expired.get()) {
            underWay.countDown();
            await(underWay);
            return answer(401, "", "WWW-Authenticate: Bearer");
          }
          return token.equals("Bearer none") ? answer(401, "") : answer(200, "ok");
        });
        var client = peer.withTokens(tokens.url() + "token", api.url())) {
      if (client == null) {
        return "-";
      }
      client.get();
      expired.set(true);
      var before = tokens.seen("/token").size();
      inParallel(calls, client);
      return "" + (tokens.seen("/token").size() - before);
    }
  }

  private static void inParallel(int calls, Peer.Tokens client) throws Exception {
    var tasks = new ArrayList<FutureTask<Boolean>>();
    for (var i = 0; i < calls; i++) {
      var task = new FutureTask<>(() -> {
        client.get();
        return true;
      });
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    for (var task : tasks) {
      task.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String redirected(Peer peer) throws Exception {
    try (var other = new FaultServer(request -> answer(200, "here"));
        var server =
            new FaultServer(request -> answer(302, "", "Location: " + other.url() + "landing"))) {
      outcome(() -> peer.call("GET", server.url() + "start", "", SECRETS));
      var arrived = new TreeMap<String, String>();
      for (var request : other.seen("/landing")) {
        arrived.putAll(request.headers());
      }
      var leaked = SECRETS.keySet().stream()
          .filter(name -> arrived.containsKey(name.toLowerCase(Locale.ROOT)))
          .sorted()
          .toList();
      return leaked.isEmpty() ? "none" : String.join(", ", leaked);
    }
  }

  private static String redirectedBody(Peer peer) throws Exception {
    try (var other = new FaultServer(request -> answer(200, "here"));
        var server =
            new FaultServer(request -> answer(307, "", "Location: " + other.url() + "landing"))) {
      outcome(() -> peer.call("POST", server.url() + "start", "one", Map.of()));
      return other.seen("/landing").stream().anyMatch(r -> !r.body().isEmpty()) ? "yes" : "no";
    }
  }

  /** Returns what became of a call: "an answer", the name of an exception, or that it goes on. */
  private static String outcome(Callable<String> call) throws Exception {
    var task = new FutureTask<>(call);
    var thread = Thread.ofPlatform().daemon().start(task);
    try {
      task.get(SECONDS_TO_RETURN, TimeUnit.SECONDS);
      return "the answer";
    } catch (ExecutionException failure) {
      var cause = requireNonNull(failure.getCause(), "cause");
      return cause instanceof StatusException status
          ? String.valueOf(status.getMessage())
          : cause.getClass().getSimpleName();
    } catch (TimeoutException goesOn) {
      thread.interrupt();
      return "nothing in " + SECONDS_TO_RETURN + " s";
    }
  }
}
