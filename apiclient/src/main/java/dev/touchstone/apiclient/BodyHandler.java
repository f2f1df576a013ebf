package dev.touchstone.apiclient;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response while it arrives.
 *
 * @param <R> what it makes of it
 */
@FunctionalInterface
public interface BodyHandler<R extends @Nullable Object> {

  /**
   * Reads the body. It need not read all of it: the rest is dropped when this method returns. The
   * stream must not be used after that.
   *
   * @param response the response, whose body is the stream
   * @throws IOException if the stream fails, or what is done with it does
   */
  R handle(ApiResponse<InputStream> response) throws IOException;
}
