package dev.touchstone.apiclient;

import dev.touchstone.apiclient.network.AddressGuard;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a client and its copies share: connections and threads. Whoever made them closes them: what
 * the user brought stays open.
 */
final class Resources {

  /* OkHttp 5 locks with synchronized, which pins virtual threads before JDK 24 (JEP 491). */
  private static final int VIRTUAL_THREADS_DO_NOT_PIN = 24;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Call.Factory transport;
  private final Executor executor;
  private final @Nullable OkHttpClient ownClient;
  private final @Nullable ExecutorService ownExecutor;
  private volatile boolean closed;

  Resources(
      @Nullable OkHttpClient okHttp,
      Call.@Nullable Factory transport,
      @Nullable Executor executor,
      @Nullable AddressGuard guard) {
    if (transport != null) {
      this.transport = transport;
      ownClient = null;
    } else if (okHttp != null) {
      this.transport = transportOnly(okHttp.newBuilder(), guard);
      ownClient = null;
    } else {
      var own = transportOnly(newOkHttp(), guard);
      this.transport = own;
      ownClient = own;
    }
    if (executor != null) {
      this.executor = executor;
      ownExecutor = null;
    } else {
      var own = newExecutor();
      this.executor = own;
      ownExecutor = own;
    }
  }

  Call.Factory transport() {
    return transport;
  }

  Executor executor() {
    return executor;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    if (ownClient != null) {
      ownClient.dispatcher().cancelAll();
      ownClient.connectionPool().evictAll();
    }
    if (ownExecutor != null) {
      ownExecutor.shutdownNow();
    }
  }

  /** Returns a client that leaves retries, redirects and authentication to this module. */
  private static OkHttpClient transportOnly(
      OkHttpClient.Builder builder, @Nullable AddressGuard guard) {
    return (guard == null ? builder : guard.protect(builder))
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .authenticator(Authenticator.NONE)
        .addNetworkInterceptor(RetryAfterGuard.INSTANCE)
        .build();
  }

  private static ExecutorService newExecutor() {
    return Runtime.version().feature() >= VIRTUAL_THREADS_DO_NOT_PIN
        ? Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("apiclient-", 0).factory())
        : Executors.newCachedThreadPool(
            Thread.ofPlatform().name("apiclient-", 0).daemon().factory());
  }

  /*
   * No read timeout: the time limit of the attempt is exact, and two limits for one thing only make
   * it hard to say which one struck. More idle connections than OkHttp's five, which would open a
   * new one for most of the calls of a client that makes ten at a time.
   */
  private static OkHttpClient.Builder newOkHttp() {
    return new OkHttpClient.Builder()
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .connectionPool(new ConnectionPool(32, 5, TimeUnit.MINUTES));
  }
}
