package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.examples.cabinet.Cabinet;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Three calls to a JSON API: one that works, one that is answered "503, come back" and made again,
 * and one for something that does not exist.
 *
 * <p>The API is the one of the Mineral Cabinet, started here on loopback.
 */
final class FirstCall {

  private FirstCall() {}

  /** What the API answers; the names are those of the JSON. */
  record Assay(String mineral, double hardness, double density) {}

  static void run(PrintWriter out) throws IOException {
    try (var cabinet = Cabinet.open();
        var api = ApiClient.builder(cabinet.uri() + "api/")
            .auth(RequestAuthenticator.bearer(cabinet::token))
            .build()) {

      var amber = api.send(assay("amber-agate"));
      out.println(amber.mineral() + " has a hardness of " + amber.hardness());

      var busy = api.exchange(assay("azure-agate")); // exchange tells more than send
      out.println(busy.body().mineral() + " took " + busy.attempts().size() + " attempts");

      try {
        api.send(assay("kryptonite"));
      } catch (ClientErrorException e) {
        out.println(e.status() + ": " + e.problem().flatMap(p -> p.detail()).orElse("no detail"));
      }
    }
  }

  private static ApiRequest<Assay> assay(String mineral) {
    return ApiRequest.get("assays/{mineral}", mineral).as(Assay.class);
  }
}
