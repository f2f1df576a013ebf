package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

  private final AtomicInteger actions = new AtomicInteger();
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final CountDownLatch isInterrupted = new CountDownLatch(1);
  private volatile String content = "agate";

  private final Site site = Site.builder("Test", "<subject>")
      .page("/", "Overview", request -> new Answer.Page("Over & out", tag("p", content)))
      .page("/form", "Form", request -> new Answer.Page("Form", request.form("/act")))
      .get("/form/inner", request -> new Answer.Page("Inner", Html.none()))
      .get("/things/{id}/of/{owner}", request -> Answer.json(request.parts()))
      .get(
          "/find",
          request -> new Answer.Text(
              "text/plain; charset=utf-8", request.parameter("q").orElse("nothing")))
      .get("/fails", request -> {
        throw new IllegalStateException("the secret");
      })
      .get("/slow", request -> {
        isAsked.countDown();
        try {
          mayAnswer.await();
        } catch (InterruptedException e) {
          isInterrupted.countDown();
          throw e;
        }
        return new Answer.Text("text/plain", "done");
      })
      .post("/act", request -> {
        actions.incrementAndGet();
        return new Answer.SeeOther(
            "/?by=" + request.field("by").orElse("nobody").length());
      })
      .post("/echo", request -> new Answer.Text("text/plain; charset=utf-8", request.body()))
      .build();

  private final WebServer server = WebServer.open(site, 0);
  private final OkHttpClient client =
      new OkHttpClient.Builder().followRedirects(false).build();

  @AfterEach
  void close() {
    server.close();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  private Request.Builder to(String path) {
    return new Request.Builder().url(server.uri().resolve(path).toString());
  }

  private Request.Builder withCookie(String path) {
    var cookie = "touchstone-" + server.uri().getPort() + "=" + server.token();
    return to(path).header("Cookie", cookie);
  }

  private Request.Builder withToken(String path) {
    return to(path).header("Authorization", "Bearer " + server.token());
  }

  /** What came back. */
  private record Reply(Response response, String body) {

    int status() {
      return response.code();
    }

    String header(String name) {
      return response.header(name);
    }
  }

  private Reply send(Request.Builder request) throws IOException {
    try (var response = client.newCall(request.build()).execute()) {
      return new Reply(response, response.body().string());
    }
  }

  private String csrf() throws IOException {
    var form = send(withCookie("/form")).body();
    return form.replaceAll("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
  }

  @Nested
  class TheToken {

    @Test
    void turnsIntoACookieAndLeavesTheAddress() throws IOException {
      var reply = send(new Request.Builder().url(server.uriWithToken().toString()));

      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).isEqualTo(server.uri().toString());
      assertThat(reply.header("Set-Cookie"))
          .isEqualTo("touchstone-%d=%s; Path=/; HttpOnly; SameSite=Strict"
              .formatted(server.uri().getPort(), server.token()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/form", "/no-such-page", "/?token=", "/?token=0123"})
    void isNeededForAnyPage(String path) throws IOException {
      var reply = send(to(path).header("Accept", "text/html"));

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body()).contains("Open the address that the program printed");
      assertThat(reply.body()).doesNotContain("<nav").doesNotContain("subject");
    }

    @Test
    void isNeededByProgramsWhichAreToldInALine() throws IOException {
      var reply = send(to("/find").header("Authorization", "Bearer wrong"));

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.body()).hasLineCount(1).contains("'Authorization: Bearer TOKEN'");
      assertThat(send(withToken("/find")).status()).isEqualTo(200);
    }

    @Test
    void isNotTakenFromTheCookieOfAnotherServer() throws IOException {
      assertThat(
              send(to("/").header("Cookie", "touchstone-1=" + server.token())).status())
          .isEqualTo(401);
    }

    @Test
    void isAnotherOneForEachServer() {
      try (var other = WebServer.open(site, 0)) {
        assertThat(other.token()).hasSize(32).isNotEqualTo(server.token());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:%d",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:%d"
      })
  void aHostThatIsNotThisServerIsRefused(String host) throws IOException {
    var name = host.formatted(server.uri().getPort());
    for (var path : new String[] {"/", "/assets/shell.css"}) {
      var reply = send(withCookie(path).header("Host", name).header("Accept", "text/html"));

      assertThat(reply.status()).isEqualTo(421);
      assertThat(reply.body()).isEqualTo("This server is not '" + name + "'.\n");
    }
  }

  @Test
  void localhostIsThisServer() throws IOException {
    var host = "localhost:" + server.uri().getPort();

    assertThat(send(withCookie("/").header("Host", host)).status()).isEqualTo(200);
  }

  @Nested
  class AnAction {

    private Reply act(Request.Builder request, String csrf) throws IOException {
      var form = new FormBody.Builder().add("by", "Ada & Bo");
      return send(request.post((csrf.isEmpty() ? form : form.add("csrf", csrf)).build()));
    }

    @Test
    void isTakenFromAPageOfThisServer() throws IOException {
      var reply = act(
          withCookie("/act").header("Origin", server.uri().toString().replaceAll("/$", "")),
          csrf());

      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).isEqualTo("/?by=8");
      assertThat(actions).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000000000000000000000000000000"})
    void isRefusedWithoutTheSecretOfThePage(String csrf) throws IOException {
      var reply = act(withCookie("/act"), csrf);

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body())
          .isEqualTo("Refused: the form is not of a page that this server made;"
              + " reload the page and try again.\n");
      assertThat(actions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "http://evil.example", "null"})
    void isRefusedFromAnotherOrigin(String origin) throws IOException {
      var reply = act(withCookie("/act").header("Origin", origin), csrf());

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body())
          .isEqualTo("Refused: the form comes from another site, " + origin + ".\n");
      assertThat(actions).hasValue(0);
    }

    @Test
    void isTakenFromAProgramWithTheToken() throws IOException {
      assertThat(act(withToken("/act"), "").status()).isEqualTo(303);
      assertThat(act(to("/act"), "").status()).isEqualTo(401);
      assertThat(actions).hasValue(1);
    }

    @Test
    void isRefusedWithoutBothSecretsWhateverItsType() throws IOException {
      var json = RequestBody.create("{}", MediaType.get("text/plain"));

      assertThat(send(withCookie("/echo").post(json)).status()).isEqualTo(403);
      assertThat(send(withToken("/echo").post(json)).body()).isEqualTo("{}");
    }

    @Test
    void hasABodyOf64KibibytesAtMost() throws IOException {
      var largest = RequestBody.create("x".repeat(64 * 1024), MediaType.get("text/plain"));
      var larger = RequestBody.create("x".repeat(64 * 1024 + 1), MediaType.get("text/plain"));

      assertThat(send(withToken("/echo").post(largest)).status()).isEqualTo(200);
      assertThat(send(withToken("/echo").post(larger)).status()).isEqualTo(413);
    }
  }

  @Nested
  class APage {

    @Test
    void hasTheLayoutAroundIt() throws IOException {
      var body = send(withCookie("/")).body();

      assertThat(body)
          .startsWith("<!doctype html>")
          .contains("<title>Over &amp; out · Test &lt;subject&gt;</title>")
          .contains("<a href=\"/\" aria-current=\"page\">Overview</a>")
          .contains("<h1>Over &amp; out</h1><p>agate</p></main>");
    }

    @Test
    void belongsToTheEntryOfTheNavigationThatItIsBelow() throws IOException {
      var body = send(withCookie("/form/inner")).body();

      assertThat(body).contains("<a href=\"/form\" aria-current=\"page\">Form</a>");
      assertThat(body).containsOnlyOnce("aria-current");
    }

    @Test
    void isSentInPartAndOnlyWhenItChanged() throws IOException {
      var first = send(withCookie("/").header("Touchstone-Fragment", "main"));
      var tag = first.header("ETag");
      var same =
          send(withCookie("/").header("Touchstone-Fragment", "main").header("If-None-Match", tag));
      content = "beryl";
      var changed =
          send(withCookie("/").header("Touchstone-Fragment", "main").header("If-None-Match", tag));

      assertThat(first.body()).isEqualTo("<h1>Over &amp; out</h1><p>agate</p>");
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(changed.status()).isEqualTo(200);
      assertThat(changed.body()).endsWith("<p>beryl</p>");
      assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void runsNothingButTheScriptOfThisServer() throws IOException {
      for (var path : new String[] {"/", "/no-such-page", "/assets/shell.js"}) {
        var reply = send(withCookie(path));

        assertThat(reply.header("Content-Security-Policy"))
            .startsWith("default-src 'none'; script-src 'self'; ")
            .doesNotContain("unsafe");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("Server")).isNull();
      }
      assertThat(send(withCookie("/")).header("Cache-Control")).isEqualTo("no-store");
      assertThat(send(withCookie("/")).body()).doesNotContain(" style=").doesNotContain("<style");
    }

    @Test
    void isAskedForItsHeadToo() throws IOException {
      var reply = send(withCookie("/").head());

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEmpty();
      assertThat(Integer.parseInt(reply.header("Content-Length")))
          .isEqualTo(send(withCookie("/")).body().getBytes().length);
    }
  }

  @Test
  void filesAreKeptByTheBrowserUntilTheirAddressChanges() throws IOException {
    var page = send(withCookie("/")).body();
    var address = page.replaceAll("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");
    var first = send(to(address));
    var again = send(to(address).header("If-None-Match", first.header("ETag")));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
    assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(address).endsWith("?v=" + first.header("ETag").replace("\"", ""));
    assertThat(again.status()).isEqualTo(304);
    assertThat(send(to("/assets/../secret")).status()).isNotEqualTo(200);
  }

  @Nested
  class Routes {

    @Test
    void haveParts() throws IOException {
      assertThat(send(withToken("/things/7/of/a%20b")).body())
          .isIn("{\"id\":\"7\",\"owner\":\"a b\"}", "{\"owner\":\"a b\",\"id\":\"7\"}");
      assertThat(send(withToken("/find?q=%3Cb%3E+%26")).body()).isEqualTo("<b> &");
      assertThat(send(withToken("/find?q=+")).body()).isEqualTo("nothing");
    }

    @Test
    void thatDoNotExistAreNotFound() throws IOException {
      var page = send(withCookie("/%3Cnowhere%3E").header("Accept", "text/html"));

      assertThat(page.status()).isEqualTo(404);
      assertThat(page.body()).contains("<nav").contains("There is no page /&lt;nowhere&gt;.");
      assertThat(send(withToken("/nowhere")).body()).isEqualTo("There is no page /nowhere.\n");
    }

    @Test
    void takeTheirMethodsOnly() throws IOException {
      var post = send(withToken("/find").post(RequestBody.create("", null)));
      var get = send(withToken("/act"));

      assertThat(post.status()).isEqualTo(405);
      assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
      assertThat(post.body()).isEqualTo("/find takes GET, HEAD, not POST.\n");
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.header("Allow")).isEqualTo("POST");
    }

    @Test
    void thatFailKeepTheReasonToThemselves() throws IOException {
      var reply = send(withCookie("/fails").header("Accept", "text/html"));

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body())
          .contains("This page failed. The log of the program says why.")
          .doesNotContain("the secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/find?q=%", "/find?q=%zz", "/find?%2=1"})
    void refuseBrokenEscapes(String path) throws IOException {
      var reply =
          raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.uri().getPort()
              + "\r\nAuthorization: Bearer " + server.token() + "\r\nConnection: close\r\n\r\n");

      assertThat(reply).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /%2e%2e/secret HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n folded\r\n\r\n"
      })
  void improperRequestsAreRefusedInALine(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 4")
        .doesNotContain("Jetty")
        .doesNotContain("\tat ");
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket.getOutputStream().write(request.getBytes());
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes());
    }
  }

  @Nested
  class Closing {

    @Test
    void waitsForWhatIsUnderWay() throws Exception {
      var reply = CompletableFuture.supplyAsync(() -> {
        try {
          return send(withToken("/slow")).body();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      isAsked.await();
      var closing = Thread.ofPlatform().start(server::close);
      await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
      var port = server.uri().getPort();
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close(); // it is free already
      mayAnswer.countDown(); // only now: it waits

      assertThat(reply.get()).isEqualTo("done");
      closing.join();
      assertThatThrownBy(() -> new Socket("127.0.0.1", server.uri().getPort()).close())
          .isInstanceOf(IOException.class);
    }

    @Test
    void interruptsWhatTakesTooLong() throws Exception {
      var reply = CompletableFuture.supplyAsync(() -> {
        try {
          return send(withToken("/slow")).status();
        } catch (IOException e) {
          return 0;
        }
      });
      isAsked.await();

      server.close();

      isInterrupted.await();
      assertThat(reply.get()).isNotEqualTo(200);
    }

    @Test
    void endsConnectionsThatAreKeptAlive() throws Exception {
      try (var socket = new Socket("127.0.0.1", server.uri().getPort())) {
        socket
            .getOutputStream()
            .write(("GET /assets/icon.svg HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.uri().getPort() + "\r\n\r\n")
                .getBytes());
        assertThat(socket.getInputStream().read()).isEqualTo('H');

        server.close();

        socket.getInputStream().readAllBytes(); // comes to an end
      }
    }

    @Test
    void leavesNoThread() throws IOException {
      send(withCookie("/"));
      assertThat(threads()).isNotEmpty();

      server.close();

      await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    /* Other test classes may have servers of their own: this one names its threads. */
    private List<String> threads() {
      return Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .filter(name -> name.startsWith("web-" + server.uri().getPort() + "-"))
          .toList();
    }
  }

  @Nested
  class Opening {

    @Test
    void tellsThatThePortIsTaken() {
      assertThatExceptionOfType(WebServerException.class)
          .isThrownBy(() -> WebServer.open(site, server.uri().getPort()))
          .withMessageMatching("port \\d+ is taken or may not be used \\(.+\\);"
              + " choose another, or 0 for a free one");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesWhatIsNoPort(int port) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebServer.open(site, port))
          .withMessage("port must be from 0 to 65535, was " + port);
    }
  }
}
