package dev.touchstone.examples.taskqueue.torture;

import java.util.Set;
import java.util.TreeSet;

/**
 * What handlers and workers have seen of a job, by the tokens of its attempts.
 *
 * @param begun attempts whose handler was called
 * @param done attempts whose handler has done its work
 * @param accepted attempts whose success was accepted, as far as the worker lived to hear of it
 */
record Story(TreeSet<Long> begun, TreeSet<Long> done, TreeSet<Long> accepted) {

  Story() {
    this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /**
   * Returns the attempts that the job can owe its success to: the one that was accepted, and any
   * that began and ended in nothing that is on record.
   */
  private Set<Long> successful(Set<Long> causes) {
    var successful = new TreeSet<>(begun);
    successful.removeAll(causes);
    successful.addAll(accepted);
    return successful;
  }

  /** Returns whether no attempt has both done the work and succeeded. */
  boolean isLost(Set<Long> causes) {
    return successful(causes).stream().noneMatch(done::contains);
  }

  boolean isRepeated() {
    return begun.size() > 1;
  }

  /** Returns whether more attempts began than there are causes, and one for the success. */
  boolean isUnexplained(Set<Long> causes) {
    return begun.stream().filter(token -> !causes.contains(token)).count() > 1;
  }

  /** Returns whether an attempt was accepted although another one had begun after it. */
  boolean isOverlapping() {
    return accepted.stream().anyMatch(token -> token < begun.last());
  }
}
