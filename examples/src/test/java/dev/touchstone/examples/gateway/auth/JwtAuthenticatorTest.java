package dev.touchstone.examples.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.examples.gateway.HeldExchange;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {

  private static final String ISSUER = "https://issuer.test/";
  private static final String AUDIENCE = "gateway";

  private static RSAKey first;
  private static RSAKey second;

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger fetched = new AtomicInteger();
  private final ApiClient client = ApiClient.builder().build();
  private volatile JWKSet published = new JWKSet(first);
  private Edge issuer;
  private JwtAuthenticator authenticator;

  @BeforeAll
  static void makeKeys() throws Exception {
    first = new RSAKeyGenerator(2048).keyID("first").generate();
    second = new RSAKeyGenerator(2048).keyID("second").generate();
  }

  @BeforeEach
  void publish() {
    issuer = Edge.open(
        EdgeOptions.DEFAULT,
        new CurrentRoutes(RouteTable.of(List.of(Route.of("GET", "/keys", exchange -> {
          fetched.incrementAndGet();
          exchange.reply(
              200, HttpFields.EMPTY, published.toPublicJWKSet().toString().getBytes(UTF_8));
        })))),
        request -> {});
    authenticator = new JwtAuthenticator(
        JwtOptions.of(ISSUER, AUDIENCE, issuer.uri().resolve("keys")), client, time);
  }

  @AfterEach
  void close() {
    issuer.close();
    client.close();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("ada")
        .expirationTime(in(Duration.ofMinutes(5)));
  }

  private Date in(Duration fromNow) {
    return Date.from(time.now().plus(fromNow));
  }

  private static String signed(RSAKey key, JWTClaimsSet.Builder claims) throws Exception {
    var token = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private Caller authenticate(String token) throws ProblemException {
    return authenticator.authenticate(new HeldExchange().with("Authorization", "Bearer " + token));
  }

  private void assertRefused(String token, String why) {
    assertThatThrownBy(() -> authenticate(token))
        .isInstanceOfSatisfying(ProblemException.class, refused -> {
          assertThat(refused.problem().status()).isEqualTo(401);
          assertThat(refused.problem().detail())
              .isEqualTo("The credentials are refused: " + why + "; get a new token.");
          assertThat(refused.fields().get("WWW-Authenticate"))
              .isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + why + "\"");
        });
  }

  @Test
  void letsInWhomTheIssuerVouchesFor() throws Exception {
    var caller = authenticate(signed(first, claims().claim("team", "a")));

    assertThat(caller).isInstanceOfSatisfying(Caller.Subject.class, subject -> {
      assertThat(subject.subject()).isEqualTo("ada");
      assertThat(subject.claims()).containsEntry("team", "a");
    });
    assertThat(caller.toString()).isEqualTo("Subject[ada]");
  }

  @Test
  void handsOnClaimsAsTheyStandInTheToken() throws Exception {
    var roles = List.of("a", "b");
    var token = signed(first, claims().claim("level", 5).claim("roles", roles));

    assertThat(authenticate(token))
        .isInstanceOfSatisfying(
            Caller.Subject.class,
            subject -> assertThat(subject.claims())
                .containsEntry("level", 5L)
                .containsEntry("roles", roles)
                .containsEntry("exp", time.now().plus(Duration.ofMinutes(5)).getEpochSecond()));
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    for (var exchange :
        List.of(new HeldExchange(), new HeldExchange().with("Authorization", "Basic YTpi"))) {
      assertThatThrownBy(() -> authenticator.authenticate(exchange))
          .isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(401);
            assertThat(refused.fields().get("WWW-Authenticate")).isEqualTo("Bearer");
          });
    }
  }

  @Test
  void refusesTwoTokens() {
    assertThatThrownBy(() -> authenticator.authenticate(
            new HeldExchange().with("Authorization", "Bearer a").with("Authorization", "Bearer b")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(400));
  }

  @Nested
  class Keys {

    @Test
    void mayBeChangedByTheIssuer() throws Exception {
      authenticate(signed(first, claims()));
      published = new JWKSet(second);

      assertThat(authenticate(signed(second, claims()))).isNotNull();
      assertThat(fetched).hasValue(2);
    }

    @Test
    void areNotFetchedForEachMadeUpName() throws Exception {
      authenticate(signed(first, claims()));

      for (var i = 0; i < 20; i++) {
        var forged = new RSAKey.Builder(second).keyID("made-up-" + i).build();
        assertRefused(signed(forged, claims()), Forgeries.WHY);
      }

      assertThat(fetched).hasValue(2);

      time.advance(Duration.ofSeconds(31));
      published = new JWKSet(second);
      assertThat(authenticate(signed(second, claims()))).isNotNull();
      assertThat(fetched).hasValue(3);
    }

    @Test
    void stayForADayWhileTheIssuerCannotBeReached() throws Exception {
      authenticate(signed(first, claims()));
      issuer.close();
      var unknown = signed(second, claims());

      time.advance(Duration.ofHours(1));
      assertThat(authenticate(signed(first, claims()))).isNotNull();
      assertThatThrownBy(() -> authenticate(unknown)).isInstanceOf(ProblemException.class);
      time.advance(Duration.ofHours(22));
      assertThat(authenticate(signed(first, claims()))).isNotNull();

      time.advance(Duration.ofHours(2));
      var late = signed(first, claims());
      assertThatThrownBy(() -> authenticate(late))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().status()).isEqualTo(503));
    }

    @Test
    void thatCannotBeHadAreNotTheClientsFault() throws Exception {
      issuer.close();
      var token = signed(first, claims());

      assertThatThrownBy(() -> authenticate(token))
          .isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.fields().get("Retry-After")).isEqualTo("5");
          });
    }
  }

  @Nested
  class Forgeries {

    private static final String WHY = "the token's signature, algorithm or claims are not accepted";

    @Test
    void withoutASignatureAreRefused() {
      assertRefused(new PlainJWT(claims().build()).serialize(), WHY);
    }

    @Test
    void withNoneInAnyCaseAreRefused() throws Exception {
      var body = signed(first, claims()).split("\\.")[1];
      for (var none : List.of("none", "None", "NONE", "nOnE")) {
        var header = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("{\"alg\":\"" + none + "\"}").getBytes(UTF_8));

        assertThatThrownBy(() -> authenticate(header + "." + body + "."))
            .as(none)
            .isInstanceOfSatisfying(
                ProblemException.class,
                refused -> assertThat(refused.problem().status()).isEqualTo(401));
      }
    }

    @Test
    void signedWithThePublicKeyAsASecretAreRefused() throws Exception {
      var token = new SignedJWT(
          new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
          claims().build());
      token.sign(new MACSigner(first.toPublicKey().getEncoded()));

      assertRefused(token.serialize(), WHY);
    }

    @Test
    void withAKeyOfTheirOwnAreRefused() throws Exception {
      var stranger = new RSAKey.Builder(second).keyID("first").build();
      assertRefused(signed(stranger, claims()), WHY);

      var embedded = new SignedJWT(
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .jwk(second.toPublicJWK())
              .jwkURL(issuer.uri())
              .build(),
          claims().build());
      embedded.sign(new RSASSASigner(second));
      assertRefused(embedded.serialize(), WHY);
    }

    @Test
    void ofAnotherKindOfTokenAreRefused() throws Exception {
      var token = new SignedJWT(
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .keyID("first")
              .type(new JOSEObjectType("logout+jwt"))
              .build(),
          claims().build());
      token.sign(new RSASSASigner(first));

      assertRefused(token.serialize(), WHY);
    }

    @Test
    void thatAreNoTokensAreRefused() {
      for (var token : List.of("", ".", "..", "a.b.c", "e30.e30.e30", "x".repeat(9_000))) {
        assertThatThrownBy(() -> authenticate(token))
            .as(token)
            .isInstanceOfSatisfying(
                ProblemException.class,
                refused -> assertThat(refused.problem().status()).isEqualTo(401));
      }
    }
  }

  @Nested
  class Claims {

    @Test
    void mustNameThisAudience() throws Exception {
      assertRefused(signed(first, claims().audience("other")), "the token is for another audience");
      assertRefused(
          signed(first, claims().audience((String) null)), "the token is for another audience");
      assertThat(authenticate(signed(first, claims().audience(List.of("other", AUDIENCE)))))
          .isNotNull();
    }

    @Test
    void mustNameThisIssuer() throws Exception {
      assertRefused(
          signed(first, claims().issuer("https://issuer.test")), "the token is of another issuer");
    }

    @Test
    void mustHaveAnEndAndASubject() {
      assertThatThrownBy(() -> authenticate(signed(first, claims().expirationTime(null))))
          .isInstanceOf(ProblemException.class);
      assertThatThrownBy(() -> authenticate(signed(first, claims().subject(null))))
          .isInstanceOf(ProblemException.class);
    }

    @Test
    void expireAFewSecondsLateAtMost() throws Exception {
      assertThat(authenticate(signed(first, claims().expirationTime(in(Duration.ofSeconds(-29))))))
          .isNotNull();
      assertRefused(
          signed(first, claims().expirationTime(in(Duration.ofSeconds(-31)))),
          "the token has expired");
    }

    @Test
    void expireWhileTheyAreRemembered() throws Exception {
      var token = signed(first, claims().expirationTime(in(Duration.ofSeconds(10))));
      authenticate(token);

      time.advance(Duration.ofSeconds(41));

      assertRefused(token, "the token has expired");
    }

    @Test
    void mayNotBeginInTheFuture() throws Exception {
      assertRefused(
          signed(first, claims().notBeforeTime(in(Duration.ofSeconds(31)))),
          "the token is not valid yet");
    }
  }

  @Test
  void takesNoAlgorithmWithASharedSecret() {
    assertThatThrownBy(
            () -> new JwtOptions(ISSUER, AUDIENCE, issuer.uri(), Set.of("HS256"), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("algorithms must be some of [ES256, ES384, ES512, PS256, PS384, PS512, RS256,"
            + " RS384, RS512], was [HS256]");
  }
}
