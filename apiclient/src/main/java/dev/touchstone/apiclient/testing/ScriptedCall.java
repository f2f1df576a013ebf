package dev.touchstone.apiclient.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A call that asks a script, and tells its listener how far it got. */
final class ScriptedCall implements Call {

  private final ScriptedTransport transport;
  private final Request request;
  private final Timeout timeout = new Timeout();
  private final AtomicBoolean executed = new AtomicBoolean();
  private volatile boolean cancelled;
  private EventListener listener = EventListener.NONE;

  ScriptedCall(ScriptedTransport transport, Request request) {
    this.transport = transport;
    this.request = request;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("a call is executed once; clone it");
    }
    if (cancelled) {
      throw new IOException("Canceled");
    }
    try {
      var response = transport.answer(request);
      listener.requestHeadersStart(this);
      listener.responseHeadersStart(this);
      return response;
    } catch (ScriptedTransport.NotSentException neverSent) {
      throw neverSent;
    } catch (IOException lost) {
      listener.requestHeadersStart(this);
      throw lost;
    }
  }

  @Override
  public void enqueue(Callback callback) {
    throw new UnsupportedOperationException("a scripted call is executed, not enqueued");
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return cancelled;
  }

  @Override
  public Timeout timeout() {
    return timeout;
  }

  @Override
  public void addEventListener(EventListener added) {
    listener = listener.plus(added);
  }

  @Override
  public <T> @Nullable T tag(KClass<T> type) {
    return request.tag(JvmClassMappingKt.getJavaClass(type));
  }

  @Override
  public <T> @Nullable T tag(Class<? extends T> type) {
    return request.tag(type);
  }

  @Override
  public <T> T tag(KClass<T> type, Function0<? extends T> compute) {
    var tag = tag(type);
    return tag == null ? compute.invoke() : tag;
  }

  @Override
  public <T> T tag(Class<T> type, Function0<? extends T> compute) {
    T tag = request.tag(type);
    return tag == null ? compute.invoke() : tag;
  }

  @Override
  public Call clone() {
    return new ScriptedCall(transport, request);
  }
}
