package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Outcome;
import org.jspecify.annotations.Nullable;

/** How an outcome is kept in the columns of a row. */
final class Outcomes {

  private Outcomes() {}

  static @Nullable Integer status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Redirect redirect -> redirect.status();
      case Outcome.Refused refused -> refused.status();
      case Outcome.Page page -> null;
      case Outcome.Other other -> null;
      case Outcome.Failed failed -> null;
      case Outcome.Excluded excluded -> null;
      case Outcome.Unchanged unchanged -> null;
    };
  }

  /** Returns the one thing that a reader asks about the outcome of this kind. */
  static @Nullable String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Page page -> page.title();
      case Outcome.Redirect redirect -> redirect.target().toString();
      case Outcome.Other other -> other.contentType();
      case Outcome.Refused refused -> null;
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Excluded excluded -> null;
      case Outcome.Unchanged unchanged -> null;
    };
  }
}
