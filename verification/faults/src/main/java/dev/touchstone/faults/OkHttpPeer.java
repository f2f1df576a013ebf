package dev.touchstone.faults;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp as it comes. */
final class OkHttpPeer implements Peer {

  static final MediaType TEXT = MediaType.get("text/plain");

  private final OkHttpClient client = new OkHttpClient();

  @Override
  public String name() {
    return "OkHttp " + OkHttp.VERSION;
  }

  @Override
  public String call(String method, String url, String body, Map<String, String> headers)
      throws IOException {
    var request = new Request.Builder()
        .url(url)
        .method(method, body.isEmpty() ? null : RequestBody.create(body, TEXT));
    headers.forEach(request::header);
    return text(client.newCall(request.build()));
  }

  @Override
  public Future<?> start(String url) {
    return enqueue(client, url);
  }

  /** The authenticator gets a token and sends the request again with it, as in OkHttp's recipes. */
  @Override
  public Tokens withTokens(String tokenUrl, String apiUrl) {
    var token = new AtomicReference<>("none");
    var own = new OkHttpClient();
    var authorized = own.newBuilder()
        .addInterceptor(chain -> chain.proceed(authorized(chain.request(), token.get())))
        .authenticator((route, response) -> {
          token.set(token(own, tokenUrl));
          return authorized(response.request(), token.get());
        })
        .build();
    return new Tokens() {
      @Override
      public void get() throws IOException {
        text(authorized.newCall(new Request.Builder().url(apiUrl).build()));
      }

      @Override
      public void close() {
        shutDown(own);
      }
    };
  }

  @Override
  public void close() {
    shutDown(client);
  }

  static void shutDown(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  static String text(Call call) throws IOException {
    try (var response = call.execute()) {
      return text(response);
    }
  }

  static CompletableFuture<String> enqueue(OkHttpClient client, String url) {
    var call = client.newCall(new Request.Builder().url(url).build());
    var future = new CompletableFuture<String>();
    var unused = future.whenComplete((text, failure) -> call.cancel());
    call.enqueue(new Callback() {
      @Override
      public void onFailure(Call same, IOException failure) {
        future.completeExceptionally(failure);
      }

      @Override
      public void onResponse(Call same, Response response) throws IOException {
        try (response) {
          future.complete(text(response));
        } catch (StatusException failure) {
          future.completeExceptionally(failure);
        }
      }
    });
    return future;
  }

  private static String text(Response response) throws IOException {
    if (!response.isSuccessful()) {
      throw new StatusException(response.code());
    }
    return response.body().string();
  }

  private static Request authorized(Request request, String token) {
    return request.newBuilder().header("Authorization", "Bearer " + token).build();
  }

  private static String token(OkHttpClient client, String url) throws IOException {
    var request =
        new Request.Builder().url(url).post(RequestBody.create("", TEXT)).build();
    return text(client.newCall(request)).replaceFirst(".*\"access_token\":\"([^\"]*)\".*", "$1");
  }
}
