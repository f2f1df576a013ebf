package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A client of your API is a class that has an {@code ApiClient}: a method for each call, a record for
 * each answer, an exception for each thing that the API says. There is nothing to inherit from.
 */
final class YourOwnClient {

  private YourOwnClient() {}

  /** The client. */
  static final class StoneShop implements AutoCloseable {

    record Order(String id, String stone) {}

    /** What the API says when a stone is gone, made of the body that it says it in. */
    static final class SoldOutException extends ClientErrorException {

      private static final long serialVersionUID = 1L;
      private final String stone;

      private SoldOutException(ErrorContext context, String stone) {
        super(context);
        this.stone = stone;
      }

      String stone() {
        return stone;
      }
    }

    private record Refusal(String error, String stone) {}

    private final ApiClient api;

    StoneShop(String baseUrl, Supplier<String> token) {
      api = ApiClient.builder(baseUrl)
          .auth(RequestAuthenticator.bearer(token))
          .errors(StoneShop::error)
          .build();
    }

    Order order(String stone) {
      return api.send(ApiRequest.post("orders/{stone}", stone).as(Order.class));
    }

    private static Optional<SoldOutException> error(ErrorContext answer) {
      return answer
          .bodyAs(Refusal.class)
          .filter(refusal -> "sold_out".equals(refusal.error()))
          .map(refusal -> new SoldOutException(answer, refusal.stone()));
    }

    @Override
    public void close() {
      api.close();
    }
  }

  static void run(PrintWriter out) throws IOException {
    try (var server = new LoopbackServer(YourOwnClient::answer);
        var shop = new StoneShop(server.url(), () -> "token")) {
      out.println("ordered " + shop.order("agate"));
      try {
        shop.order("jade");
      } catch (StoneShop.SoldOutException e) {
        out.println("no " + e.stone() + " left (" + e.status() + ")");
      }
      try {
        shop.order("../admin"); // cannot leave its place in the path
      } catch (ClientErrorException e) {
        out.println(e.getMessage());
      }
    }
  }

  private static Answer answer(LoopbackServer.Request request) {
    return switch (request.target()) {
      case "/orders/agate" -> Answer.of(201, "{\"id\":\"o-1\",\"stone\":\"agate\"}");
      case "/orders/jade" -> Answer.of(409, "{\"error\":\"sold_out\",\"stone\":\"jade\"}");
      default -> Answer.of(404, "");
    };
  }
}
