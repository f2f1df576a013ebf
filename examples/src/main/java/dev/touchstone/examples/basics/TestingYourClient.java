package dev.touchstone.examples.basics;

import static dev.touchstone.apiclient.testing.ScriptedTransport.json;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.TransportException;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A test of what a client does when things go wrong needs no server and no patience: a script
 * answers, and the clock moves only when somebody waits.
 */
final class TestingYourClient {

  private TestingYourClient() {}

  static void run(PrintWriter out) {
    var time = new VirtualTime();
    var answers = new ArrayDeque<Step>();
    var transport = new ScriptedTransport(request -> {
      var step = answers.remove();
      if (step.failure() != null) {
        throw step.failure();
      }
      return json(request, step.status(), "\"agate\"");
    });
    try (var api =
        ApiClient.builder("http://stones.test/").transport(transport).time(time).build()) {
      var get = ApiRequest.get("stones/{name}", "agate").as(String.class);
      var post = ApiRequest.post("stones").json("agate").as(String.class);

      answers.add(new Step(503, null));
      answers.add(new Step(200, null));
      check(out, "a GET survives a 503", api.exchange(get).attempts().size() == 2);

      answers.add(new Step(0, ScriptedTransport.notSent("connection refused")));
      answers.add(new Step(200, null));
      check(out, "a POST that was never sent is sent", api.send(post).equals("agate"));

      answers.add(new Step(0, new IOException("connection reset")));
      check(out, "a POST that may have arrived is not", isLost(api, post));

      var waited = time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
      check(out, "it waited twice, for less than 100 ms in all", waited.toMillis() < 100);
      check(out, "5 requests in all", transport.requests().size() == 5);
    }
  }

  private record Step(int status, @Nullable IOException failure) {}

  private static boolean isLost(ApiClient api, ApiRequest<String> request) {
    try {
      api.send(request);
      return false;
    } catch (TransportException lost) {
      return true;
    }
  }

  /** Stands for an assertion. */
  private static void check(PrintWriter out, String what, boolean holds) {
    out.println((holds ? "ok:     " : "FAILED: ") + what);
  }
}
