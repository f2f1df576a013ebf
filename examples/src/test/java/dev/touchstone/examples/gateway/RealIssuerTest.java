package dev.touchstone.examples.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.auth.ClientCredentials;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway, the tokens of an issuer that others wrote, and those that look like them. */
class RealIssuerTest {

  private static final String NOT_ACCEPTED =
      "the token's signature, algorithm or claims are not accepted";

  private static RealIssuer issuer;

  private final TestBackend backend = new TestBackend().json("/users/shop", "{\"name\":\"Shop\"}");
  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    issuer = RealIssuer.start();
  }

  @AfterAll
  static void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    issuer.become("{}");
    gateway = open(issuer);
  }

  private Gateway open(RealIssuer issuer) throws Exception {
    var yaml = """
        listen: 0
        auth: {jwt: {issuer: "%s", jwks: "%s", audience: "%s"}}
        backends:
          api: {url: "%s"}
        routes:
          GET /me: {auth: jwt, calls: {user: {get: "api/users/{jwt.sub}"}}}
        """.formatted(
            issuer.metadata().get("issuer").asString(),
            issuer.keysUri(),
            RealIssuer.AUDIENCE,
            backend.url());
    return Gateway.open(() -> GatewayPlan.of(Definitions.parse(yaml)), request -> {});
  }

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
    client.close();
    backend.close();
  }

  private HttpResponse<String> ask(@Nullable String token) throws Exception {
    var request = HttpRequest.newBuilder(gateway.uri().resolve("/me"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void assertAdmitted(String token) throws Exception {
    var answer = ask(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"name\":\"Shop\"}");
  }

  private void assertRefused(String token, String why) throws Exception {
    var answer = ask(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer error=\"invalid_token\", error_description=\"" + why + "\"");
    assertThat(answer.body()).contains(why).doesNotContain(token);
    assertThat(backend.requests()).isEmpty();
  }

  @Test
  void opensTheRouteToAClientThatGetsItsTokensThere() throws Exception {
    try (var tokens = ApiClient.builder().build();
        var shop = ApiClient.builder(gateway.uri().toString())
            .auth(ClientCredentials.of(
                tokens, issuer.tokenUri(), RealIssuer.CLIENT, () -> RealIssuer.SECRET))
            .build()) {
      assertThat(shop.send(ApiRequest.get("me").asText())).isEqualTo("{\"name\":\"Shop\"}");
    }
  }

  @Test
  void asksForATokenWhereThereIsNone() throws Exception {
    var answer = ask(null);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
  }

  @Test
  void refusesTokensForOthersOfOthersAndOfThePast() throws Exception {
    assertRefused(issuer.token("urn:test:other"), "the token is for another audience");

    issuer.become("{\"issuer\": \"http://issuer.test\"}");
    assertRefused(issuer.token(RealIssuer.AUDIENCE), "the token is of another issuer");

    issuer.become("{\"clock\": -3600}");
    assertRefused(issuer.token(RealIssuer.AUDIENCE), "the token has expired");
  }

  @Test
  void refusesWhatItDidNotSign() throws Exception {
    var real = SignedJWT.parse(issuer.token(RealIssuer.AUDIENCE));
    var claims = real.getJWTClaimsSet();
    var kid = real.getHeader().getKeyID();
    var published = issuer.keys().getKeyByKeyId(kid).toRSAKey();
    var own = new RSAKeyGenerator(2048).generate();

    assertRefused(new PlainJWT(claims).serialize(), NOT_ACCEPTED);
    assertRefused(withoutSignature(real), NOT_ACCEPTED);
    assertRefused(withSecret(published.toPublicKey().getEncoded(), kid, claims), NOT_ACCEPTED);
    assertRefused(withSecret(pem(published).getBytes(UTF_8), kid, claims), NOT_ACCEPTED);
    assertRefused(signed(own, "unknown", claims), NOT_ACCEPTED);
    assertRefused(signed(own, kid, claims), NOT_ACCEPTED);
    assertRefused(tampered(real), NOT_ACCEPTED);
    assertAdmitted(real.serialize());
  }

  private static String withoutSignature(SignedJWT token) {
    var header = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(UTF_8));
    return header + "." + token.getParsedParts()[1] + ".";
  }

  private static String withSecret(byte[] secret, String kid, JWTClaimsSet claims)
      throws Exception {
    var token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build(), claims);
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static String pem(RSAKey key) throws Exception {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.toPublicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String signed(RSAKey key, String kid, JWTClaimsSet claims) throws Exception {
    var token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String tampered(SignedJWT token) throws Exception {
    var claims =
        new JWTClaimsSet.Builder(token.getJWTClaimsSet()).subject("admin").build();
    var parts = token.getParsedParts();
    return parts[0] + "." + claims.toPayload().toBase64URL() + "." + parts[2];
  }

  @Test
  void followsItsKeys() throws Exception {
    var old = issuer.token(RealIssuer.AUDIENCE);
    assertAdmitted(issuer.token(RealIssuer.AUDIENCE));

    issuer.become("{\"keys\": \"second\"}");
    assertAdmitted(issuer.token(RealIssuer.AUDIENCE));

    backend.requests().clear();
    assertRefused(old, NOT_ACCEPTED);
  }

  @Test
  void knowsItsKeysWhileItIsDown() throws Exception {
    var mortal = RealIssuer.start();
    try {
      gateway.close();
      gateway = open(mortal);
      var first = mortal.token(RealIssuer.AUDIENCE);
      var second = mortal.token(RealIssuer.AUDIENCE);
      mortal.become("{\"keys\": \"second\"}");
      var ofNewKey = mortal.token(RealIssuer.AUDIENCE);
      mortal.become("{}");
      assertAdmitted(first);

      mortal.close();
      assertAdmitted(second);

      backend.requests().clear();
      assertRefused(ofNewKey, NOT_ACCEPTED);
    } finally {
      mortal.close();
    }
  }
}
