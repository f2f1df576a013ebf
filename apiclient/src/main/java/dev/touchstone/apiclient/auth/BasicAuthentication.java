package dev.touchstone.apiclient.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.Deadline;
import java.util.Base64;
import java.util.function.Supplier;

/** Sends a user name and a password in UTF-8, as RFC 7617 has it. */
final class BasicAuthentication implements RequestAuthenticator {

  private final String user;
  private final Supplier<String> password;

  BasicAuthentication(String user, Supplier<String> password) {
    if (requireNonNull(user, "user").indexOf(':') >= 0) {
      throw new IllegalArgumentException("user must not contain a colon (RFC 7617 section 2)");
    }
    this.user = user;
    this.password = requireNonNull(password, "password");
  }

  @Override
  public Credential authorize(Outgoing request, Deadline deadline) {
    var value = encode(user, Supplied.by(password, "password"));
    request.setHeader("Authorization", value);
    return Credential.of(value);
  }

  /** Returns the value of the header. */
  static String encode(String user, String password) {
    var pair = (user + ":" + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "BasicAuthentication[hidden]";
  }
}
