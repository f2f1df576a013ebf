package dev.touchstone.apiclient;

import dev.touchstone.apiclient.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one call have in common. For one thread, the handle aside, which is null if
 * nobody else can cancel the call.
 */
final class CallContext {

  final ClientSettings settings;
  final Call.Factory transport;
  final BooleanSupplier closed;
  final ApiRequest<?> request;
  final @Nullable CallHandle handle;
  final HttpUrl url;
  final Target target;
  final @Nullable BodySource body;
  final Optional<String> idempotencyKey;
  final Duration timeout;
  final Deadline deadline;

  /* A 401 is answered with another credential once per call, however many attempts it makes. */
  boolean refreshed;

  private boolean bodyAsked;

  CallContext(
      ClientSettings settings,
      Call.Factory transport,
      BooleanSupplier closed,
      ApiRequest<?> request,
      @Nullable CallHandle handle) {
    this.settings = settings;
    this.transport = transport;
    this.closed = closed;
    this.request = request;
    this.handle = handle;
    url = request.address().resolve(settings.baseUrl());
    target = settings.target(url, request);
    body = encode(settings, request);
    idempotencyKey = settings.idempotencyKey(request);
    timeout = request.timeout().orElse(settings.timeout());
    deadline = Deadline.after(timeout, settings.time());
  }

  boolean isIdempotent() {
    return idempotencyKey.isPresent() || request.isIdempotent();
  }

  /** Returns the header fields of the first request, before credentials. */
  okhttp3.Headers headers() {
    var headers = settings.headers(request, url);
    if (idempotencyKey.isEmpty()) {
      return headers;
    }
    var keys = settings.keys();
    return headers
        .newBuilder()
        .set(keys.header(), keys.format(idempotencyKey.get()))
        .build();
  }

  /** Tells that the body of the request was asked for. */
  void bodyAsked() {
    bodyAsked = true;
  }

  /** Returns whether the call can be started again: its body can be, or it was not touched. */
  boolean isReplayable() {
    return body == null || body.isReplayable() || !bodyAsked;
  }

  /**
   * Checks that the call may go on.
   *
   * @param sofar how far it got
   * @param cause what went wrong because it may not; null if nothing did
   * @throws CancelledException if it was cancelled, interrupted, or its client closed
   */
  void checkNotCancelled(Delivery sofar, @Nullable Throwable cause) {
    if (isCancelled()) {
      throw new CancelledException(request.summary(), "cancelled", sofar, cause);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(request.summary(), "interrupted", sofar, cause);
    }
    if (closed.getAsBoolean()) {
      throw new CancelledException(request.summary(), "the client was closed", sofar, cause);
    }
  }

  /** Returns what an interruption means that struck while nothing was on the wire. */
  CancelledException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    return new CancelledException(
        request.summary(), isCancelled() ? "cancelled" : "interrupted", Delivery.NOT_SENT, cause);
  }

  private boolean isCancelled() {
    return handle != null && handle.isCancelled();
  }

  DeadlineException late(Delivery sofar, @Nullable Throwable cause) {
    return new DeadlineException(request.summary(), timeout, sofar, cause);
  }

  private static @Nullable BodySource encode(ClientSettings settings, ApiRequest<?> request) {
    var json = request.json();
    if (json == null) {
      return request.body();
    }
    try {
      var type = request.header("Content-Type").orElse("application/json");
      return new BytesBody(type, settings.codec().write(json));
    } catch (IOException | RuntimeException notJson) {
      throw settings.notWritable(request, notJson);
    }
  }
}
