package dev.touchstone.faults;

import feign.Feign;
import feign.HeaderMap;
import feign.RequestLine;
import feign.Target;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Feign as it comes, on the connections of the JDK. */
final class FeignPeer implements Peer {

  /** What Feign implements. */
  interface Api {

    /** Makes a GET. */
    @RequestLine("GET")
    String get(URI uri, @HeaderMap Map<String, Object> headers);

    /** Makes a POST. */
    @RequestLine("POST")
    String post(URI uri, @HeaderMap Map<String, Object> headers, String body);
  }

  private final Api api = Feign.builder().target(Target.EmptyTarget.create(Api.class));

  @Override
  public String name() {
    return "Feign 13.13";
  }

  @Override
  public String call(String method, String url, String body, Map<String, String> headers) {
    var uri = URI.create(url);
    return method.equals("GET")
        ? api.get(uri, Map.copyOf(headers))
        : api.post(uri, Map.copyOf(headers), body);
  }

  /** Feign's calls block, so this one is cancelled by interrupting its thread. */
  @Override
  public Future<?> start(String url) {
    var task = new FutureTask<>(() -> api.get(URI.create(url), Map.of()));
    Thread.ofVirtual().start(task);
    return task;
  }

  @Override
  public @Nullable Tokens withTokens(String tokenUrl, String apiUrl) {
    return null;
  }

  @Override
  public void close() {}
}
