package dev.touchstone.examples.tour;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.dashboard.Traffic;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;

/** A gateway in front of the three APIs of the cabinet. */
final class TourGateway implements AutoCloseable {

  private final Gateway gateway;
  private final Traffic traffic;

  private TourGateway(Gateway gateway, Traffic traffic) {
    this.gateway = gateway;
    this.traffic = traffic;
  }

  /**
   * Opens it on a free port.
   *
   * @throws IOException if its definition cannot be kept
   */
  static TourGateway open(Cabinet cabinet, TourFolder folder) throws IOException {
    Files.writeString(folder.gateway(), definition(cabinet));
    var traffic = new Traffic();
    return new TourGateway(
        Gateway.open(() -> GatewayPlan.of(GatewayDefinition.read(folder.gateway())), traffic),
        traffic);
  }

  private static String definition(Cabinet cabinet) {
    return """
        # Made by 'touchstone tour': one answer about a mineral from three APIs. Look at it with
        #   touchstone gateway routes gateway.yaml
        gateway: minerals
        listen: 127.0.0.1:0

        backends:
          minerals: {url: "%1$sapi/minerals"}
          rooms: {url: "%1$sapi/rooms"}
          assays: {url: "%1$sapi/assays", headers: {Authorization: "Bearer %2$s"}}

        routes:
          GET /minerals/{slug}:
            deadline: 2s
            calls:
              mineral: {get: "minerals/{slug}", keep: [name]}
              room: {get: "rooms/{mineral.room}", into: room, onError: optional}
              assay: {get: "assays/{slug}", keep: [hardness, density], into: assay, onError: optional}
            cache: {shared: 30s}
        """.formatted(cabinet.uri(), cabinet.token());
  }

  /** Asks it about each mineral. */
  TourReport.Gathered gather(List<String> minerals) {
    try (var client = ApiClient.builder(gateway.uri().toString()).build()) {
      var partial = 0;
      var last = "";
      for (var mineral : minerals) {
        var response =
            client.exchange(ApiRequest.get("minerals/{slug}", mineral).asText());
        partial += response.headers().first("Partial-Response").isPresent() ? 1 : 0;
        last = response.body();
      }
      return new TourReport.Gathered(uriOf(minerals.getLast()), last, minerals.size(), partial);
    }
  }

  private URI uriOf(String mineral) {
    return gateway.uri().resolve("/minerals/" + mineral);
  }

  /** Returns the gateway, to be shown. */
  Gateway gateway() {
    return gateway;
  }

  /** Returns what went through it. */
  Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
