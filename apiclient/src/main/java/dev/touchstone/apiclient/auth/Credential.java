package dev.touchstone.apiclient.auth;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Identifies a credential that was put on a request, without showing it.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class Credential {

  private final Object identity;

  private Credential(Object identity) {
    this.identity = identity;
  }

  /**
   * Returns the credential with the given identity.
   *
   * @param identity anything that is equal for equal credentials: a token, or its serial number
   */
  public static Credential of(Object identity) {
    return new Credential(requireNonNull(identity, "identity"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Credential that && identity.equals(that.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** Returns a text that does not show the credential. */
  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
