package dev.touchstone.examples.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Limiter;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpFields;

/**
 * Admits so many requests of a caller in so long a time, and tells what is left: {@code RateLimit} and
 * {@code RateLimit-Policy} in each answer, {@code Retry-After} in a refusal.
 *
 * <p>Safe for use by several threads. A limiter that several routes share counts their requests
 * together.
 *
 * <p><b>Source:</b> draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4; RFC 6585 section 4.
 */
public final class RateLimiter implements Limiter {

  private final LimitOptions options;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /** Creates one. */
  public RateLimiter(LimitOptions options) {
    this(options, TimeSource.system());
  }

  RateLimiter(LimitOptions options, TimeSource source) {
    this.options = options;
    time = new Clock(source, source.nanoTime());
    buckets = Caffeine.newBuilder()
        .maximumSize(options.maxKeys())
        .ticker(source::nanoTime)
        .expireAfterAccess(longest(options)) // by then a bucket is full again: the same as none
        .executor(Runnable::run) // what little there is to clean up needs no other thread
        .build();
  }

  private static Duration longest(LimitOptions options) {
    return options.tiers().values().stream()
        .map(Quota::window)
        .reduce(options.quota().window(), (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  @Override
  public void admit(Exchange exchange) throws ProblemException {
    var quota = quota(exchange.caller());
    var probe = buckets.get(key(exchange), key -> bucket(quota)).tryConsumeAndReturnRemaining(1);
    var name = '"' + options.name() + '"';
    exchange.promise(
        "RateLimit-Policy",
        name + ";q=" + quota.requests() + ";w=" + quota.window().toSeconds());
    exchange.promise(
        "RateLimit",
        name + ";r=" + probe.getRemainingTokens() + ";t="
            + roundedUp(probe.getNanosToWaitForReset()));
    if (!probe.isConsumed()) {
      var wait = Math.max(1, roundedUp(probe.getNanosToWaitForRefill()));
      throw new ProblemException(
          Problem.of(
              429,
              "You may send " + quota.requests() + " requests in "
                  + quota.window().toSeconds() + " seconds; send the next one in " + wait
                  + " seconds."),
          HttpFields.build().put("Retry-After", wait),
          null);
    }
  }

  /** Returns the number of callers that are counted at the moment. */
  public long keys() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private static long roundedUp(long nanos) {
    return Math.ceilDiv(nanos, 1_000_000_000L);
  }

  private Quota quota(Caller caller) {
    return caller instanceof Caller.KeyHolder holder
        ? options.tiers().getOrDefault(holder.tier(), options.quota())
        : options.quota();
  }

  private Bucket bucket(Quota quota) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder()
            .capacity(quota.requests())
            .refillGreedy(quota.requests(), quota.window())
            .build())
        .withCustomTimePrecision(time)
        .build();
  }

  /* The letters keep a subject that is called like an address apart from that address. */
  private String key(Exchange exchange) {
    return switch (options.per()) {
      case ROUTE -> "";
      case ADDRESS -> "a " + network(exchange.clientAddress());
      case CALLER ->
        switch (exchange.caller()) {
          case Caller.Anonymous nobody -> "a " + network(exchange.clientAddress());
          case Caller.Subject subject -> "s " + subject.subject();
          case Caller.KeyHolder holder -> "k " + holder.tier() + " " + holder.name();
        };
    };
  }

  /* Whoever has an address of IPv6 has 2^64 of them. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return InetAddress.getByName(address) instanceof Inet6Address v6
          ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8))
          : address;
    } catch (UnknownHostException malformed) {
      return address;
    }
  }

  /** The clock of the buckets, which compare its readings: it begins at 0, to be far from an overflow. */
  private record Clock(TimeSource source, long origin) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return source.nanoTime() - origin;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  @Override
  public String toString() {
    return "RateLimiter[" + options.name() + ", per " + options.per() + "]";
  }
}
