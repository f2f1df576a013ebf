package dev.touchstone.examples.gateway.dashboard;

import dev.touchstone.examples.gateway.backend.Backend;
import dev.touchstone.examples.web.Quantities;
import java.util.ArrayList;
import java.util.List;

/** What somebody should look at. */
final class Findings {

  /** The last requests of which too many failed count from this number on. */
  private static final int LEAST_REQUESTS = 20;

  private Findings() {}

  /** Returns them in sentences, the gravest first; none if all is well. */
  static List<String> of(GatewayData data) {
    var findings = new ArrayList<String>();
    if (!data.gateway().isReady()) {
      findings.add("The gateway is stopping: it takes no more connections.");
    }
    data.gateway()
        .lastReload()
        .flatMap(reload -> reload.error())
        .ifPresent(error -> findings.add(
            "The definition could not be read again, the one before goes on: " + error));
    data.gateway().backends().forEach(state -> add(state, findings));
    var last = data.requests();
    var errors = last.stream().filter(seen -> Traffic.isError(seen.request())).count();
    if (last.size() >= LEAST_REQUESTS && errors * 10 > last.size()) {
      findings.add("Of the last " + last.size() + " requests " + Quantities.count(errors)
          + " had no proper answer.");
    }
    return findings;
  }

  private static void add(Backend.State state, List<String> findings) {
    if (!state.breaker().equals("closed")) {
      findings.add("The backend '" + state.name() + "' is given a rest: "
          + Math.round(state.failureRate()) + " % of its last calls failed.");
    }
    if (state.running() >= state.concurrency()) {
      findings.add("The backend '" + state.name() + "' has as many calls under way as it may have, "
          + Quantities.count(state.concurrency()) + "; more fail at once.");
    }
  }
}
