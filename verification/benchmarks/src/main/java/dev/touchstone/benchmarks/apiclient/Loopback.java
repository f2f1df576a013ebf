package dev.touchstone.benchmarks.apiclient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Answers every request inside OkHttp, so that what is measured is not the network. */
final class Loopback implements Interceptor {

  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] body = Repo.JSON.getBytes(StandardCharsets.UTF_8);

  @Override
  public Response intercept(Chain chain) throws IOException {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .header("Content-Type", "application/json")
        .body(ResponseBody.create(body, JSON))
        .build();
  }
}
