package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.store.DeadLetter;
import dev.touchstone.examples.taskqueue.store.QueueViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Dead letters of one kind that went wrong in the same way.
 *
 * @param kind of the jobs
 * @param fingerprint their error, without what differs from job to job
 * @param letters the newest first; at least one
 */
public record DeadGroup(String kind, String fingerprint, List<DeadLetter> letters) {

  /** How many dead letters are looked at, the newest ones. */
  public static final int LOOKED_AT = 5_000;

  /** Copies the list. */
  public DeadGroup {
    letters = List.copyOf(letters);
  }

  /** What a group has in common. */
  private record Key(String kind, String fingerprint) {}

  /** Returns the groups of the newest dead letters, the largest first. */
  public static List<DeadGroup> of(QueueViews store) {
    var groups = new LinkedHashMap<Key, List<DeadLetter>>();
    for (var letter : store.deadLetters(LOOKED_AT)) {
      groups
          .computeIfAbsent(
              new Key(letter.kind(), Fingerprint.of(letter.error())), first -> new ArrayList<>())
          .add(letter);
    }
    return groups.entrySet().stream()
        .map(group ->
            new DeadGroup(group.getKey().kind(), group.getKey().fingerprint(), group.getValue()))
        .sorted(Comparator.comparingInt(group -> -group.letters().size()))
        .toList();
  }

  /**
   * Returns the group of this kind and error; empty if there is none any more.
   *
   * @param newest without letters with greater numbers, which whoever asks has not seen
   */
  public static Optional<DeadGroup> find(
      QueueViews store, String kind, String fingerprint, long newest) {
    return of(store).stream()
        .filter(group -> group.kind().equals(kind) && group.fingerprint().equals(fingerprint))
        .map(group -> new DeadGroup(
            kind,
            fingerprint,
            group.letters().stream().filter(letter -> letter.id() <= newest).toList()))
        .filter(group -> !group.letters().isEmpty())
        .findFirst();
  }

  /** Returns the numbers of the jobs. */
  public List<Long> ids() {
    return letters.stream().map(DeadLetter::id).toList();
  }

  /** Returns the greatest number. */
  public long newest() {
    return letters.getFirst().id();
  }

  /** Returns when the first of them ended. */
  public Instant firstAt() {
    return letters.stream()
        .map(DeadLetter::endedAt)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns when the last of them ended. */
  public Instant lastAt() {
    return letters.stream()
        .map(DeadLetter::endedAt)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
