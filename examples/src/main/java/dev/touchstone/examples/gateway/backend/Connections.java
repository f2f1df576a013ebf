package dev.touchstone.examples.gateway.backend;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The connections to all backends; they outlive a reload. */
final class Connections implements AutoCloseable {

  private static final int MOST_IDLE = 512;
  private static final int IDLE_SECONDS = 60;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final OkHttpClient okHttp = new OkHttpClient.Builder()
      .connectionPool(new ConnectionPool(MOST_IDLE, IDLE_SECONDS, TimeUnit.SECONDS))
      .connectTimeout(CONNECT)
      .readTimeout(Duration.ZERO) // the time limit of the attempt holds to the end of the body
      .writeTimeout(Duration.ZERO)
      .addInterceptor(Connections::tellDeadline)
      .build();

  OkHttpClient okHttp() {
    return okHttp;
  }

  /** Tells the backend how long we wait: it need not work on for nobody. */
  private static Response tellDeadline(Interceptor.Chain chain) throws IOException {
    var millis = TimeUnit.NANOSECONDS.toMillis(chain.call().timeout().timeoutNanos());
    return chain.proceed(chain
        .request()
        .newBuilder()
        .header(Backends.DEADLINE_FIELD, Long.toString(millis))
        .build());
  }

  @Override
  public void close() {
    okHttp.dispatcher().executorService().shutdown();
    okHttp.connectionPool().evictAll();
  }
}
