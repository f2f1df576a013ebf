package dev.touchstone.apiclient.retry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/** What a {@link Classifier} decides about a failure. */
public sealed interface Verdict {

  /** Why a call is made again. */
  enum Kind {
    /** Something broke that will likely work again at once. */
    TRANSIENT,
    /** The server has too much to do: wait longer. */
    THROTTLED
  }

  /**
   * The failure is final.
   *
   * @param reason why, for the message of the exception; empty if that goes without saying
   */
  record Stop(String reason) implements Verdict {

    /** Checks that there is a reason. */
    public Stop {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The call may be made again, if attempts, budget and deadline allow.
   *
   * @param kind chooses the back-off and what the retry costs
   * @param notBefore the least wait, as the server asked for it
   */
  record Retry(Kind kind, Optional<Duration> notBefore) implements Verdict {

    /** Checks that nothing is null. */
    public Retry {
      requireNonNull(kind, "kind");
      requireNonNull(notBefore, "notBefore");
    }
  }
}
