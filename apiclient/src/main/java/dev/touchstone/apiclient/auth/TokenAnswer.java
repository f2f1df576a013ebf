package dev.touchstone.apiclient.auth;

import org.jspecify.annotations.Nullable;

/** A successful answer of a token endpoint, with the names of RFC 6749 section 5.1. */
record TokenAnswer(
    @Nullable String access_token,
    @Nullable String token_type,
    @Nullable Long expires_in) {

  @Override
  public String toString() {
    return "TokenAnswer[hidden]";
  }
}
