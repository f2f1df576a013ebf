package dev.touchstone.apiclient.auth;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.Deadline;
import java.util.function.Supplier;

/** Sends a token that somebody else looks after. */
final class BearerToken implements RequestAuthenticator {

  private final Supplier<String> token;

  BearerToken(Supplier<String> token) {
    this.token = requireNonNull(token, "token");
  }

  @Override
  public Credential authorize(Outgoing request, Deadline deadline) {
    var current = current();
    request.setHeader("Authorization", "Bearer " + current);
    return Credential.of(current);
  }

  @Override
  public boolean refresh(Credential used, Challenge challenge, Deadline deadline) {
    return !Credential.of(current()).equals(used);
  }

  private String current() {
    return Supplied.notBlankBy(token, "bearer token");
  }

  @Override
  public String toString() {
    return "BearerToken[hidden]";
  }
}
