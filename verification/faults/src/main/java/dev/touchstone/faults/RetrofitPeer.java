package dev.touchstone.faults;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.Url;

/** Retrofit on an OkHttp client as it comes. */
final class RetrofitPeer implements Peer {

  /** What Retrofit implements. */
  interface Api {

    /** Makes a GET. */
    @GET
    Call<ResponseBody> get(@Url String url, @HeaderMap Map<String, String> headers);

    /** Makes a POST. */
    @POST
    Call<ResponseBody> post(
        @Url String url, @HeaderMap Map<String, String> headers, @Body RequestBody body);
  }

  private final OkHttpClient client = new OkHttpClient();
  private final Api api =
      new Retrofit.Builder().baseUrl("http://localhost/").client(client).build().create(Api.class);

  @Override
  public String name() {
    return "Retrofit 3.0.0";
  }

  @Override
  public String call(String method, String url, String body, Map<String, String> headers)
      throws IOException {
    var call = method.equals("GET")
        ? api.get(url, headers)
        : api.post(url, headers, RequestBody.create(body, OkHttpPeer.TEXT));
    return text(call.execute());
  }

  @Override
  public Future<?> start(String url) {
    var call = api.get(url, Map.of());
    var future = new CompletableFuture<String>();
    var unused = future.whenComplete((text, failure) -> call.cancel());
    call.enqueue(new Callback<>() {
      @Override
      public void onResponse(Call<ResponseBody> same, Response<ResponseBody> response) {
        try {
          future.complete(text(response));
        } catch (IOException | StatusException failure) {
          future.completeExceptionally(failure);
        }
      }

      @Override
      public void onFailure(Call<ResponseBody> same, Throwable failure) {
        future.completeExceptionally(failure);
      }
    });
    return future;
  }

  /** Retrofit leaves tokens to OkHttp. */
  @Override
  public Tokens withTokens(String tokenUrl, String apiUrl) {
    return new OkHttpPeer().withTokens(tokenUrl, apiUrl);
  }

  @Override
  public void close() {
    OkHttpPeer.shutDown(client);
  }

  private static String text(Response<ResponseBody> response) throws IOException {
    var body = response.body();
    if (body == null) {
      throw new StatusException(response.code());
    }
    return body.string();
  }
}
