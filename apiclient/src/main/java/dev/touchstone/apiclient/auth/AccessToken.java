package dev.touchstone.apiclient.auth;

import org.jspecify.annotations.Nullable;

/**
 * A token and when it should be, and must be, replaced.
 *
 * @param generation the number of the token, which tells old from new
 */
record AccessToken(
    String value,
    long generation,
    @Nullable Long refreshAtNanos,
    @Nullable Long expiresAtNanos) {

  boolean isExpired(long nowNanos) {
    return expiresAtNanos != null && nowNanos - expiresAtNanos >= 0;
  }

  boolean wantsRefresh(long nowNanos) {
    return refreshAtNanos != null && nowNanos - refreshAtNanos >= 0;
  }

  @Override
  public String toString() {
    return "AccessToken[hidden, generation " + generation + "]";
  }
}
