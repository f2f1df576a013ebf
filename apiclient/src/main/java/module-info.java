import org.jspecify.annotations.NullMarked;

/** An HTTP client for JSON APIs that retries, limits its rate and authenticates. */
@NullMarked
module dev.touchstone.apiclient {
  requires static transitive org.jspecify;
  requires transitive okhttp3;
  requires transitive tools.jackson.databind;
  requires kotlin.stdlib;
  requires okio;
  requires io.github.resilience4j.bulkhead;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.ratelimiter;
  requires org.slf4j;
  requires jdk.jfr;
  requires static micrometer.core;

  exports dev.touchstone.apiclient;
  exports dev.touchstone.apiclient.auth;
  exports dev.touchstone.apiclient.json;
  exports dev.touchstone.apiclient.network;
  exports dev.touchstone.apiclient.observe;
  exports dev.touchstone.apiclient.paging;
  exports dev.touchstone.apiclient.ratelimit;
  exports dev.touchstone.apiclient.retry;
  exports dev.touchstone.apiclient.testing;
  exports dev.touchstone.apiclient.time;
}
