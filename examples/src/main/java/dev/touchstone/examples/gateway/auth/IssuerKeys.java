package dev.touchstone.examples.gateway.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.touchstone.apiclient.time.TimeSource;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer publishes, fetched when they are needed. Safe for use by several threads. */
final class IssuerKeys implements JWKSource<SecurityContext> {

  /*
   * The library's own builder would do, but for three things: it reads the clock of the machine, it keeps
   * a platform thread for what is fetched ahead, and it has a token with a made-up key fail as if the
   * issuer were down once the limit is reached.
   */

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final Duration TWO_FETCHES_IN = Duration.ofSeconds(30);
  private static final Duration LONGEST_OUTAGE = Duration.ofDays(1);

  private final JWKSetSource<SecurityContext> sets;
  private final TimeSource time;

  IssuerKeys(URL url, ResourceRetriever retriever, TimeSource time) {
    this.time = time;
    var fetched = new URLBasedJWKSetSource<SecurityContext>(url, retriever);
    var kept = new OutageTolerantJWKSetSource<>(fetched, LONGEST_OUTAGE.toMillis(), null);
    var limited = new RateLimitedJWKSetSource<>(kept, TWO_FETCHES_IN.toMillis(), null);
    sets = new RefreshAheadCachingJWKSetSource<>(
        limited,
        FRESH.toMillis(),
        LONGEST_WAIT.toMillis(),
        AHEAD.toMillis(),
        false, // not regardless of requests
        Executors.newVirtualThreadPerTaskExecutor(), // holds nothing while nothing is fetched
        false,
        null);
  }

  @Override
  public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context)
      throws KeySourceException {
    var now = time.now().toEpochMilli();
    var set = sets.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
    var keys = wanted.select(set);
    if (!keys.isEmpty()) {
      return keys;
    }
    try {
      var other = JWKSetCacheRefreshEvaluator.referenceComparison(set);
      return wanted.select(sets.getJWKSet(other, now, context));
    } catch (RateLimitReachedException tooOften) {
      return List.of(); // as far as anybody knows, there is no such key
    }
  }
}
