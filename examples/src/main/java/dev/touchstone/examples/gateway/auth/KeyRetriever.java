package dev.touchstone.examples.gateway.auth;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;

/** Fetches key sets through a client, whose retries and address guard hold. */
record KeyRetriever(ApiClient client) implements ResourceRetriever {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long MOST = 256 * 1024;

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    var request = ApiRequest.get(URI.create(url.toString()))
        .header("Accept", "application/jwk-set+json, application/json")
        .timeout(TIMEOUT)
        .maxResponseBytes(MOST)
        .asText();
    try {
      return new Resource(client.send(request), "application/json");
    } catch (ApiException failure) {
      throw new IOException(failure);
    }
  }
}
