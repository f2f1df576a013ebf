package dev.touchstone.examples.gateway;

import com.nimbusds.jose.jwk.JWKSet;
import dev.touchstone.examples.clients.RealServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An issuer of tokens that others wrote: oidc-provider, which node runs. */
final class RealIssuer implements AutoCloseable {

  static final String CLIENT = "shop";
  static final String SECRET = "secret";
  static final String AUDIENCE = "urn:test:gateway"; // unless a token is asked for another

  private static final Path FOLDER = Path.of("src/test/issuer");
  private static final String LISTENING = "listening on ";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final URI uri;

  private RealIssuer(Process process) throws IOException {
    this.process = process;
    output = process.inputReader();
    input = process.outputWriter();
    uri = URI.create("http://" + line(LISTENING).substring(LISTENING.length()));
  }

  static RealIssuer start() throws IOException {
    var node = RealServer.find("node", "nodejs");
    if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
      RealServer.missing("oidc-provider is not installed; 'npm ci' does that in " + FOLDER);
    }
    var process = new ProcessBuilder(node.toString(), "issuer.mjs")
        .directory(FOLDER.toFile())
        .redirectErrorStream(true)
        .start();
    try {
      return new RealIssuer(process);
    } catch (IOException | RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /* It prints warnings of its own, too. */
  private String line(String start) throws IOException {
    var others = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
      others.append(line).append('\n');
    }
    throw new IOException("the issuer ended: " + others);
  }

  /** Makes another issuer of it: see {@code issuer.mjs}. */
  void become(String settings) throws IOException {
    input.write(settings + "\n");
    input.flush();
    line(settings);
  }

  URI uri() {
    return uri;
  }

  /** Returns what it says of itself. */
  JsonNode metadata() throws IOException, InterruptedException {
    return get(uri.resolve("/.well-known/openid-configuration"));
  }

  /** Returns the keys that it publishes. */
  JWKSet keys() throws Exception {
    return JWKSet.parse(get(keysUri()).toString());
  }

  URI keysUri() throws IOException, InterruptedException {
    return URI.create(metadata().get("jwks_uri").asString());
  }

  URI tokenUri() throws IOException, InterruptedException {
    return URI.create(metadata().get("token_endpoint").asString());
  }

  private JsonNode get(URI from) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(from).build());
  }

  /** Returns a new token. */
  String token(String audience) throws IOException, InterruptedException {
    var form = "grant_type=client_credentials&client_id=" + CLIENT + "&client_secret=" + SECRET
        + "&resource=" + audience;
    return send(HttpRequest.newBuilder(uri.resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build())
        .get("access_token")
        .asString();
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the issuer answered " + answer.statusCode() + ": " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    client.close();
    RealServer.end(process);
  }
}
