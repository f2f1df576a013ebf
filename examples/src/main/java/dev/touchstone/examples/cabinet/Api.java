package dev.touchstone.examples.cabinet;

/**
 * The JSON API of the cabinet: {@code GET /api/assays/SLUG} with a bearer token answers with the
 * laboratory's figures for one mineral.
 */
final class Api {

  static final String TOKEN = "visitor";

  private final Catalogue catalogue;
  private final Faults faults;

  Api(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
  }

  Answer assay(String slug, String authorization) {
    if (!authorization.equals("Bearer " + TOKEN)) {
      return Answer.problem(401, "Unauthorized", "send the header Authorization: Bearer TOKEN")
          .with("WWW-Authenticate", "Bearer");
    }
    return catalogue
        .mineral(slug)
        .map(this::assay)
        .orElseGet(() -> Answer.problem(404, "Not Found", "there is no such mineral"));
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
