package dev.touchstone.apiclient.auth;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.Deadline;
import java.util.function.Supplier;

/** Sends a key in a header or in the query. */
final class ApiKey implements RequestAuthenticator {

  /** Where a key goes. */
  enum Place {
    HEADER,
    QUERY
  }

  private final Place place;
  private final String name;
  private final Supplier<String> key;

  ApiKey(Place place, String name, Supplier<String> key) {
    this.place = place;
    this.name = requireNonNull(name, "name");
    this.key = requireNonNull(key, "key");
  }

  @Override
  public Credential authorize(Outgoing request, Deadline deadline) {
    var current = Supplied.notBlankBy(key, "key " + name);
    switch (place) {
      case HEADER -> request.setHeader(name, current);
      case QUERY -> request.addQuery(name, current);
    }
    return Credential.of(current);
  }

  @Override
  public String toString() {
    return "ApiKey[" + name + ", hidden]";
  }
}
