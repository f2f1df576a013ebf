package dev.touchstone.patterns.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Whether the next edit of a history may join the last one, by time and by key. */
final class MergeWindow {

  private final Duration length; // zero if edits are never merged
  private final InstantSource clock;

  private @Nullable Object lastKey; // or null if nothing may join the last edit
  private Instant last = Instant.MIN;

  MergeWindow(Duration length, InstantSource clock) {
    this.length = length;
    this.clock = clock;
  }

  /** Returns what is to be asked before an edit is applied, as that may throw or take its time. */
  Candidate candidate(Edit<?> edit) {
    var key = length.isZero() ? null : edit.mergeKey().orElse(null);
    return key == null ? Candidate.NONE : new Candidate(key, clock.instant());
  }

  boolean admits(Candidate edit) {
    return edit.key != null
        && edit.key.equals(lastKey)
        && Duration.between(last, edit.time).compareTo(length) <= 0;
  }

  /** Lets later edits join this one. */
  void open(Candidate edit) {
    lastKey = edit.key;
    last = edit.time;
  }

  /** Lets no edit join what was done until now. */
  void seal() {
    lastKey = null;
  }

  /**
   * An edit that is about to be applied.
   *
   * @param key what it must have in common with the one before; null if it cannot be merged
   * @param time when it was executed
   */
  record Candidate(@Nullable Object key, Instant time) {

    private static final Candidate NONE = new Candidate(null, Instant.MIN);
  }
}
