import org.jspecify.annotations.NullMarked;

/** An HTTP client for JSON APIs that retries, limits its rate and authenticates. */
@NullMarked
module dev.touchstone.apiclient {
  requires static transitive org.jspecify;
  requires org.slf4j;
}
