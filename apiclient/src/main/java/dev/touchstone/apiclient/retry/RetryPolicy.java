package dev.touchstone.apiclient.retry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often, when and at whose cost a failed call is made again.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="retry-policy"}
 *
 * <p>Instances are immutable and safe for use by several threads. Copies share the budget.
 */
public final class RetryPolicy {

  private final Builder settings;

  private RetryPolicy(Builder settings) {
    this.settings = settings;
  }

  /** Returns a builder with the defaults that its methods name. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the policy with all defaults and a budget of its own. */
  public static RetryPolicy standard() {
    return builder().build();
  }

  /** Returns the policy that makes one attempt. */
  public static RetryPolicy none() {
    return builder().maxAttempts(1).build();
  }

  /** Returns a builder that starts from the settings of this policy. */
  public Builder toBuilder() {
    return settings.copy();
  }

  /** Returns how many attempts a call may make, the first included. */
  public int maxAttempts() {
    return settings.maxAttempts;
  }

  /** Returns the back-off after a failure of the given kind. */
  public Backoff backoff(Verdict.Kind kind) {
    return switch (kind) {
      case TRANSIENT -> settings.transientBackoff;
      case THROTTLED -> settings.throttledBackoff;
    };
  }

  /** Returns the budget. */
  public RetryBudget budget() {
    return settings.budget;
  }

  /** Returns the longest wait that is waited for when a server asks to. */
  public Duration longestRetryAfter() {
    return settings.longestRetryAfter;
  }

  /** Returns what decides which failures may be retried. */
  public Classifier classifier() {
    return settings.classifier;
  }

  @Override
  public String toString() {
    return "RetryPolicy[maxAttempts=" + maxAttempts() + ", budget=" + budget()
        + ", longestRetryAfter=" + longestRetryAfter() + "]";
  }

  /** Builds a {@link RetryPolicy}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private static final Duration CAP = Duration.ofSeconds(20);

    private int maxAttempts = 3;
    private Backoff transientBackoff = Backoff.fullJitter(Duration.ofMillis(50), CAP);
    private Backoff throttledBackoff = Backoff.fullJitter(Duration.ofSeconds(1), CAP);
    private RetryBudget budget = RetryBudget.standard();
    private Duration longestRetryAfter = Duration.ofSeconds(60);
    private Classifier classifier = Classifier.standard();

    private Builder() {}

    private Builder copy() {
      return new Builder()
          .maxAttempts(maxAttempts)
          .transientBackoff(transientBackoff)
          .throttledBackoff(throttledBackoff)
          .budget(budget)
          .longestRetryAfter(longestRetryAfter)
          .classifier(classifier);
    }

    /**
     * Sets how many attempts a call may make, the first included. The default is 3.
     *
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public Builder maxAttempts(int max) {
      if (max < 1) {
        throw new IllegalArgumentException("maxAttempts must be at least 1, was " + max);
      }
      this.maxAttempts = max;
      return this;
    }

    /** Sets the back-off after transient failures. The default is full jitter, 50 ms to 20 s. */
    public Builder transientBackoff(Backoff backoff) {
      this.transientBackoff = requireNonNull(backoff, "backoff");
      return this;
    }

    /** Sets the back-off after throttling. The default is full jitter, 1 s to 20 s. */
    public Builder throttledBackoff(Backoff backoff) {
      this.throttledBackoff = requireNonNull(backoff, "backoff");
      return this;
    }

    /** Sets the budget. The default is {@link RetryBudget#standard}, one for each builder. */
    public Builder budget(RetryBudget budget) {
      this.budget = requireNonNull(budget, "budget");
      return this;
    }

    /**
     * Sets the longest {@code Retry-After} that is waited for; a call that is asked to wait longer
     * fails at once, with the time to come back. The default is 60 s.
     *
     * @throws IllegalArgumentException if {@code longest} is negative
     */
    public Builder longestRetryAfter(Duration longest) {
      if (requireNonNull(longest, "longest").isNegative()) {
        throw new IllegalArgumentException(
            "longestRetryAfter must not be negative, was " + longest);
      }
      this.longestRetryAfter = longest;
      return this;
    }

    /** Sets what decides which failures may be retried. The default is the standard one. */
    public Builder classifier(Classifier classifier) {
      this.classifier = requireNonNull(classifier, "classifier");
      return this;
    }

    /** Returns a policy with these settings. */
    public RetryPolicy build() {
      return new RetryPolicy(copy());
    }
  }
}
