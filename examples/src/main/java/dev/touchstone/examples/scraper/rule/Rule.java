package dev.touchstone.examples.scraper.rule;

/**
 * Says whether a crawl may go to an address. A rule depends on nothing but the address and its depth, so
 * that it says the same tomorrow, when somebody asks why.
 *
 * <p>Safe for use by several threads.
 */
@FunctionalInterface
public interface Rule {

  /** Judges an address. */
  Verdict judge(Candidate candidate);

  /** Returns a rule that accepts what both accept. The first that rejects gives the reason. */
  default Rule and(Rule other) {
    return candidate -> {
      var first = judge(candidate);
      return first.isAccepted() ? other.judge(candidate) : first;
    };
  }

  /** Returns a rule that accepts what one of the two accepts. If neither does, both give the reason. */
  default Rule or(Rule other) {
    return candidate -> {
      var first = judge(candidate);
      if (first.isAccepted()) {
        return first;
      }
      var second = other.judge(candidate);
      return second.isAccepted()
          ? second
          : Verdict.reject(first.reason() + ", and " + second.reason());
    };
  }

  /** Returns a rule that accepts what this one rejects, for the same reason. */
  default Rule not() {
    return candidate -> {
      var verdict = judge(candidate);
      return new Verdict(!verdict.isAccepted(), verdict.reason());
    };
  }
}
