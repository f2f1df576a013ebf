package dev.touchstone.apiclient;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Hides {@code Retry-After} of 408 and 503 from OkHttp, under another name.
 *
 * <p>OkHttp 5.5.1 sends a request again, POST too, after {@code 503} with {@code Retry-After: 0},
 * whatever its settings, and throws {@code NumberFormatException} for a value that is no int. Both
 * belong to this module's retry loop, which reads the header from {@link #restore}.
 */
final class RetryAfterGuard implements Interceptor {

  static final RetryAfterGuard INSTANCE = new RetryAfterGuard();

  private static final String VISIBLE = "Retry-After";
  private static final String HIDDEN = "Touchstone-Hidden-Retry-After";

  private RetryAfterGuard() {}

  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    if (response.code() != 408 && response.code() != 503) {
      return response;
    }
    var fields = response.headers();
    var guarded = fields.newBuilder().removeAll(VISIBLE).removeAll(HIDDEN);
    // What a server sends need not be ASCII, and a checked field would throw.
    fields.values(VISIBLE).forEach(value -> guarded.addUnsafeNonAscii(HIDDEN, value));
    return response.newBuilder().headers(guarded.build()).build();
  }

  /** Returns the headers of an answer under their real names. */
  static Headers restore(Response response) {
    var fields = response.headers();
    if (response.code() != 408 && response.code() != 503) {
      return Headers.of(fields);
    }
    var restored = fields.newBuilder().removeAll(HIDDEN);
    fields.values(HIDDEN).forEach(value -> restored.addUnsafeNonAscii(VISIBLE, value));
    return Headers.of(restored.build());
  }
}
