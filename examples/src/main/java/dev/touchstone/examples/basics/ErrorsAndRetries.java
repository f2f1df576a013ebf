package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.DeadlineException;
import dev.touchstone.apiclient.DecodeException;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.TransportException;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call is made again where that can do no harm, and only there: a server that failed may have done
 * what a POST asked for, so a POST needs a key by which the server knows it again.
 */
final class ErrorsAndRetries {

  private ErrorsAndRetries() {}

  static void run(PrintWriter out) throws IOException {
    var count = new AtomicInteger();
    try (var server = new LoopbackServer(request -> answer(request, count.incrementAndGet()));
        var api = ApiClient.builder(server.url()).build()) {

      var read = api.exchange(ApiRequest.get("stones").asText());
      out.println("GET:  " + read.body() + " at attempt " + read.attempts().size());

      count.set(0);
      try {
        api.exchange(ApiRequest.post("stones").json("agate").asText());
      } catch (ApiException failure) {
        out.println("POST: " + describe(failure));
      }

      count.set(0);
      var order =
          ApiRequest.post("stones").json("agate").idempotencyKey("order-17").asText();
      var ordered = api.exchange(order);
      out.println("POST with a key: " + ordered.body() + " at attempt "
          + ordered.attempts().size());

      try {
        api.send(ApiRequest.get("nowhere").asText());
      } catch (ApiException failure) {
        out.println("GET:  " + describe(failure));
      }
    }
  }

  /** The errors are a closed set: the compiler knows that none is missing here. */
  private static String describe(ApiException failure) {
    var what = switch (failure) {
      case HttpStatusException answer -> "status " + answer.status();
      case TransportException lost -> "no answer";
      case DeadlineException late -> "out of time";
      case DecodeException strange -> "an answer that makes no sense";
      case RejectedException refused -> "not sent, because of " + refused.by();
      case CancelledException cancelled -> "cancelled";
    };
    return what + ", the request is " + failure.delivery() + ", attempts: "
        + failure.attempts().size();
  }

  /** Fails once, then works. */
  private static Answer answer(LoopbackServer.Request request, int count) {
    if (request.target().equals("/nowhere")) {
      return Answer.of(404, "");
    }
    return count == 1 ? Answer.of(503, "") : Answer.of(200, "done");
  }
}
