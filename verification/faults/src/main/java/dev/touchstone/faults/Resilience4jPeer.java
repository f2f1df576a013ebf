package dev.touchstone.faults;

import io.github.resilience4j.retry.Retry;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The Retry of Resilience4j as it comes, around OkHttp with its own retries off. */
final class Resilience4jPeer implements Peer {

  private final OkHttpClient client =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
  private final Retry retry = Retry.ofDefaults("peer");
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  @Override
  public String name() {
    return "Resilience4j 2.4.0";
  }

  @Override
  public String call(String method, String url, String body, Map<String, String> headers)
      throws Exception {
    var request = new Request.Builder()
        .url(url)
        .method(method, body.isEmpty() ? null : RequestBody.create(body, OkHttpPeer.TEXT));
    headers.forEach(request::header);
    return retry.executeCallable(() -> OkHttpPeer.text(client.newCall(request.build())));
  }

  @Override
  public Future<?> start(String url) {
    return retry
        .executeCompletionStage(scheduler, () -> OkHttpPeer.enqueue(client, url))
        .toCompletableFuture();
  }

  @Override
  public @Nullable Tokens withTokens(String tokenUrl, String apiUrl) {
    return null;
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    OkHttpPeer.shutDown(client);
  }
}
