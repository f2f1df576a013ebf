package dev.touchstone.examples.gateway.cache;

import dev.touchstone.examples.gateway.aggregate.Answer;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.util.Optional;

/** What came of asking for an answer, for all who asked at the same time. */
sealed interface Flight {

  /** An answer, and how it is kept; empty if it is for the one who asked. */
  record Landed(Answer answer, Optional<Kept> kept) implements Flight {}

  /** There was none. */
  record Crashed(ProblemException problem) implements Flight {}
}
