package dev.touchstone.examples.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.route.Authenticator;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who brings a token of an issuer: {@code Authorization: Bearer}, signed by a key that the
 * issuer publishes, for this audience, not expired.
 *
 * <p>The issuer's keys are fetched when first needed and kept for five minutes, or for a day while the
 * issuer cannot be reached. A token that names an unknown key has them fetched anew, so that the issuer
 * may change its keys at any time; not more than twice in half a minute, so that made-up key names do
 * not become a flood for the issuer. A token that was verified is not verified again for a minute at
 * most; its expiry is checked each time.
 *
 * <p>Safe for use by several threads.
 *
 * <p><b>Source:</b> RFC 7519 (claims), RFC 8725 (what goes wrong: algorithms, types, audiences), RFC
 * 6750 (how a client is told).
 */
public final class JwtAuthenticator implements Authenticator {

  private static final Duration LONGEST_MEMORY = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 10_000;
  private static final String SCHEME = "Bearer ";

  private final JWTProcessor<SecurityContext> processor;
  private final TimeSource time;
  private final Duration skew;
  private final Cache<String, Verified> verified;

  /** What is known of a token whose signature was checked. */
  private record Verified(Caller caller, Instant expiry) {}

  /**
   * Creates one.
   *
   * @param client fetches the keys; it stays the caller's
   * @throws IllegalArgumentException if the address of the keys is no URL
   */
  public JwtAuthenticator(JwtOptions options, ApiClient client) {
    this(options, client, TimeSource.system());
  }

  JwtAuthenticator(JwtOptions options, ApiClient client, TimeSource time) {
    this.time = time;
    skew = options.skew();
    processor = processor(options, client, time);
    verified = Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .ticker(time::nanoTime)
        .expireAfterWrite(LONGEST_MEMORY)
        .executor(Runnable::run) // what little there is to clean up needs no other thread
        .build();
  }

  private static JWTProcessor<SecurityContext> processor(
      JwtOptions options, ApiClient client, TimeSource time) {
    try {
      var keys = new IssuerKeys(options.keys().toURL(), new KeyRetriever(client), time);
      var algorithms =
          options.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
      var processor = new DefaultJWTProcessor<>();
      processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
      processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
          JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
      processor.setJWTClaimsSetVerifier(claims(options, time));
      return processor;
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("keys must be a URL, was " + options.keys(), e);
    }
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> claims(
      JwtOptions options, TimeSource time) {
    var verifier =
        new DefaultJWTClaimsVerifier<>(
            options.audience(),
            new JWTClaimsSet.Builder().issuer(options.issuer()).build(),
            Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(time.now());
          }
        };
    verifier.setMaxClockSkew((int) options.skew().toSeconds());
    return verifier;
  }

  @Override
  public Caller authenticate(Exchange exchange) throws ProblemException {
    var token = token(exchange.fields());
    var known = verified.getIfPresent(token);
    if (known == null) {
      known = verify(token);
      verified.put(token, known);
    } else if (isExpired(known)) {
      throw refused("the token has expired", null);
    }
    return known.caller();
  }

  private boolean isExpired(Verified known) {
    return !time.now().isBefore(known.expiry().plus(skew));
  }

  private static String token(HttpFields fields) throws ProblemException {
    var values = fields.getValuesList("Authorization");
    if (values.size() > 1) {
      throw new ProblemException(Problem.of(
          400, "A request must have one Authorization field, had " + values.size() + "."));
    }
    if (values.isEmpty() || !values.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new ProblemException(
          Problem.of(401, "This route takes a token: send it as 'Authorization: Bearer TOKEN'."),
          HttpFields.build().put("WWW-Authenticate", "Bearer"),
          null);
    }
    return values.getFirst().substring(SCHEME.length()).strip();
  }

  private Verified verify(String token) throws ProblemException {
    try {
      var claims = processor.process(token, null);
      return new Verified(
          new Caller.Subject(claims.getSubject(), claims.toJSONObject()),
          claims.getExpirationTime().toInstant());
    } catch (KeySourceException noKeys) {
      throw new ProblemException(
          Problem.of(503, "The keys of the token's issuer cannot be had; try again in a while."),
          HttpFields.build().put("Retry-After", 5),
          noKeys);
    } catch (BadJOSEException refused) {
      throw refused(reason(refused), refused);
    } catch (ParseException malformed) {
      throw refused("the token is malformed", malformed);
    } catch (JOSEException failed) {
      throw refused("the token cannot be verified", failed);
    }
  }

  /* In our own words: those of the library quote the token. */
  private static String reason(BadJOSEException refused) {
    var message = String.valueOf(refused.getMessage());
    if (message.contains("Expired")) {
      return "the token has expired";
    }
    if (message.contains("before use")) {
      return "the token is not valid yet";
    }
    if (message.contains("aud claim") || message.contains("audience")) {
      return "the token is for another audience";
    }
    if (message.contains("iss claim")) {
      return "the token is of another issuer";
    }
    return "the token's signature, algorithm or claims are not accepted";
  }

  private static ProblemException refused(String why, @Nullable Exception cause) {
    return new ProblemException(
        Problem.of(401, "The credentials are refused: " + why + "; get a new token."),
        HttpFields.build()
            .put(
                "WWW-Authenticate",
                "Bearer error=\"invalid_token\", error_description=\"" + why + "\""),
        cause);
  }
}
