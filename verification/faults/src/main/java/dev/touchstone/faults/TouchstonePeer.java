package dev.touchstone.faults;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.auth.ClientCredentials;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Future;

/** This project's client as it comes. */
final class TouchstonePeer implements Peer {

  private final ApiClient client = ApiClient.builder().build();

  @Override
  public String name() {
    return "Touchstone";
  }

  @Override
  public String call(String method, String url, String body, Map<String, String> headers) {
    var request = ApiRequest.of(method, URI.create(url));
    headers.forEach(request::header);
    if (!body.isEmpty()) {
      request.body(BodySource.of(body));
    }
    return client.send(request.asText());
  }

  @Override
  public Future<?> start(String url) {
    return client.exchangeAsync(ApiRequest.get(URI.create(url)).asText());
  }

  @Override
  public Tokens withTokens(String tokenUrl, String apiUrl) {
    var tokens = ApiClient.builder().build();
    var api = ApiClient.builder(apiUrl)
        .auth(ClientCredentials.of(tokens, URI.create(tokenUrl), "id", () -> "secret"))
        .build();
    return new Tokens() {
      @Override
      public void get() {
        api.send(ApiRequest.get("").asText());
      }

      @Override
      public void close() {
        api.close();
        tokens.close();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
