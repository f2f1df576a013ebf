package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server says how long to stay away, and the client does: a short pause is waited for, a long one
 * fails the call at once, and meanwhile nothing else is sent. The clock is virtual, so no pause takes
 * any time here.
 */
final class RateLimits {

  private RateLimits() {}

  static void run(PrintWriter out) throws IOException {
    var time = new VirtualTime();
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    try (var server = new LoopbackServer(request -> answers.remove());
        var api = ApiClient.builder(server.url())
            .rateLimits(RateLimitReader.ietf()) // reads RateLimit: "name";r=remaining;t=seconds
            .time(time)
            .build()) {
      var request = ApiRequest.get("stones").asText();

      answers.add(new Answer(429, "", Map.of("Retry-After", "5")));
      answers.add(Answer.of(200, "agate"));
      out.println(api.send(request) + " after " + seconds(time) + " s");

      answers.add(new Answer(200, "jade", Map.of("RateLimit", "\"minute\";r=0;t=20")));
      answers.add(Answer.of(200, "topaz"));
      out.println(api.send(request) + " is the last of its quota");
      out.println(api.send(request) + " after " + seconds(time) + " s");

      answers.add(new Answer(429, "", Map.of("Retry-After", "3600")));
      try {
        api.send(request);
      } catch (RateLimitedException refused) {
        out.println("come back in " + refused.retryAfter().orElseThrow());
      }
      var sent = server.requests();
      try {
        api.send(request);
      } catch (RejectedException refused) {
        out.println("not sent because of " + refused.by() + ": " + (server.requests() == sent));
      }
    }
  }

  /* A little is added to each wait at random, so that not everybody comes back in the same moment. */
  private static long seconds(VirtualTime time) {
    return time.sleeps().stream().reduce(Duration.ZERO, Duration::plus).toSeconds() / 5 * 5;
  }
}
