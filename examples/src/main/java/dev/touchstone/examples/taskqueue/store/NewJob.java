package dev.touchstone.examples.taskqueue.store;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job to be stored. Immutable.
 *
 * @param kind names its handler, at most 200 characters
 * @param version of the payload's form, from 1 to 32,767
 * @param payload JSON, at most 256 KB in UTF-8
 * @param queue the queue, at most 200 characters
 * @param priority the band in the queue
 * @param due when it may start, by the clock of the store
 * @param maxAttempts how many attempts it has, at least 1
 * @param uniqueKey at most 200 characters; a second job with the key of one that has not ended is not
 *     stored
 * @param expiresAfter how long after having been stored it may still start, at most {@link
 *     Delays#LONGEST}
 */
public record NewJob(
    String kind,
    int version,
    String payload,
    String queue,
    Priority priority,
    Due due,
    int maxAttempts,
    Optional<String> uniqueKey,
    Optional<Duration> expiresAfter) {

  /** How large a payload may be, in bytes of UTF-8. */
  public static final int MAX_PAYLOAD = 256 * 1024;

  private static final int MAX_NAME = 200;

  /** When a job may start. */
  public sealed interface Due {

    /** As soon as it is stored, and the delay is over: at most {@link Delays#LONGEST}. */
    record After(Duration delay) implements Due {
      /** Checks the delay. */
      public After {
        Delays.checked(delay);
      }
    }

    /** At a moment of the years 1 to 9999, or at once if that is over. */
    record At(Instant moment) implements Due {

      private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
      private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

      /** Checks that every store can write it down. */
      public At {
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
          throw new IllegalArgumentException(
              "moment must be from %s to %s, was %s".formatted(FIRST, LAST, moment));
        }
      }
    }
  }

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if something is blank, too long or out of its range
   */
  public NewJob {
    requireName(kind, "kind");
    requireName(queue, "queue");
    uniqueKey.ifPresent(key -> requireName(key, "uniqueKey"));
    requireNonNull(priority, "priority");
    requireNonNull(due, "due");
    if (version < 1 || version > Short.MAX_VALUE) {
      throw new IllegalArgumentException("version must be from 1 to 32767, was " + version);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
    }
    expiresAfter.ifPresent(time -> {
      if (!time.isPositive() || Delays.isTooLong(time)) {
        throw new IllegalArgumentException(
            "expiresAfter must be positive and at most 36,500 days, was " + time);
      }
    });
    var bytes = payload.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "the payload of a job of kind '%s' has %,d bytes, and %,d are allowed: store what is large elsewhere, and its address in the job"
              .formatted(kind, bytes, MAX_PAYLOAD));
    }
  }

  private static void requireName(String name, String what) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d characters and not be blank, was '%s'"
              .formatted(
                  what, MAX_NAME, name.length() > MAX_NAME ? name.substring(0, 20) + "..." : name));
    }
  }

  /** Returns a builder for a job that may start at once, in the queue {@code default}. */
  public static Builder builder(String kind, int version, String payload) {
    return new Builder(kind, version, payload);
  }

  /** Builds a {@link NewJob}. Not for several threads. */
  public static final class Builder {

    private final String kind;
    private final int version;
    private final String payload;
    private String queue = "default";
    private Priority priority = Priority.NORMAL;
    private Due due = new Due.After(Duration.ZERO);
    private int maxAttempts = 20;
    private Optional<String> uniqueKey = Optional.empty();
    private Optional<Duration> expiresAfter = Optional.empty();

    private Builder(String kind, int version, String payload) {
      this.kind = requireNonNull(kind, "kind");
      this.version = version;
      this.payload = requireNonNull(payload, "payload");
    }

    /** Sets the queue. The default is {@code default}. */
    public Builder queue(String queue) {
      this.queue = requireNonNull(queue, "queue");
      return this;
    }

    /** Sets the band. The default is {@link Priority#NORMAL}. */
    public Builder priority(Priority priority) {
      this.priority = requireNonNull(priority, "priority");
      return this;
    }

    /** Lets it start no sooner than after this time. By default it may start at once. */
    public Builder in(Duration delay) {
      due = new Due.After(delay);
      return this;
    }

    /** Lets it start no sooner than at this moment. By default it may start at once. */
    public Builder at(Instant moment) {
      due = new Due.At(moment);
      return this;
    }

    /** Sets how many attempts it has. The default is 20, about a day with the default backoff. */
    public Builder maxAttempts(int maxAttempts) {
      this.maxAttempts = maxAttempts;
      return this;
    }

    /** Stores it only if no job that has not ended has this key. By default any number may be alike. */
    public Builder unique(String key) {
      uniqueKey = Optional.of(key);
      return this;
    }

    /** Gives it up if it has not started in time. By default it waits as long as it takes. */
    public Builder expiresAfter(Duration time) {
      expiresAfter = Optional.of(time);
      return this;
    }

    /**
     * Returns the job.
     *
     * @throws IllegalArgumentException if something is blank, too long or out of its range
     */
    public NewJob build() {
      return new NewJob(
          kind, version, payload, queue, priority, due, maxAttempts, uniqueKey, expiresAfter);
    }
  }
}
