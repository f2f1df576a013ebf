package dev.touchstone.examples.cabinet;

/**
 * The JSON APIs of the cabinet: {@code GET /api/minerals/SLUG} and {@code /api/rooms/NUMBER} tell what the
 * catalogue has; {@code /api/assays/SLUG}, with a bearer token, the laboratory's figures for a mineral.
 */
final class Api {

  static final String TOKEN = "visitor";

  private final Catalogue catalogue;
  private final Faults faults;

  Api(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
  }

  Answer answer(String kind, String name, String authorization) {
    return switch (kind) {
      case "minerals" ->
        catalogue.mineral(name).map(Api::mineral).orElseGet(() -> unknown("mineral"));
      case "rooms" -> catalogue.room(name).map(this::room).orElseGet(() -> unknown("room"));
      case "assays" -> assay(name, authorization);
      default -> unknown("API");
    };
  }

  private static Answer unknown(String what) {
    return Answer.problem(404, "Not Found", "there is no such " + what);
  }

  private static Answer mineral(Mineral mineral) {
    return Answer.json("{\"name\":\"%s\",\"room\":%d}".formatted(mineral.name(), mineral.room()));
  }

  private Answer room(int room) {
    return Answer.json("{\"name\":\"%s\",\"minerals\":%d}"
        .formatted(catalogue.roomName(room), catalogue.inRoom(room).size()));
  }

  private Answer assay(String slug, String authorization) {
    if (!authorization.equals("Bearer " + TOKEN)) {
      return Answer.problem(401, "Unauthorized", "send the header Authorization: Bearer TOKEN")
          .with("WWW-Authenticate", "Bearer");
    }
    return catalogue.mineral(slug).map(this::assay).orElseGet(() -> unknown("mineral"));
  }

  private Answer assay(Mineral mineral) {
    if (faults.isOverloaded(mineral)) {
      return Answer.problem(503, "Service Unavailable", "the laboratory is busy")
          .with("Retry-After", "0");
    }
    return Answer.json("{\"mineral\":\"%s\",\"hardness\":%s,\"density\":%s}"
        .formatted(mineral.name(), mineral.hardness(), mineral.density()));
  }
}
