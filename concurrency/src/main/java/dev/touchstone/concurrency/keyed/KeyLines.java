package dev.touchstone.concurrency.keyed;

import dev.touchstone.concurrency.keyed.KeyLine.Submitter;
import dev.touchstone.concurrency.waiting.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do, by key, and the line of the keys that no worker is at.
 *
 * <p>Everything here is guarded by {@link #guard}, which callers hold; no task and no callback runs
 * under it.
 */
final class KeyLines<K> {

  final ReentrantLock guard = new ReentrantLock();

  private final int queue;
  private final Map<K, KeyLine<K>> lines = new HashMap<>();
  private final Deque<KeyLine<K>> ready = new ArrayDeque<>();

  /** Makes an empty one, with so many places for the tasks of each key. */
  KeyLines(int queue) {
    this.queue = queue;
  }

  int size() {
    return lines.size();
  }

  /** Returns the line of a key, if there is one. */
  @Nullable
  KeyLine<K> find(K key) {
    return lines.get(key);
  }

  /** Returns the line of a key, which is made if it has none. */
  KeyLine<K> of(K key) {
    return lines.computeIfAbsent(key, added -> new KeyLine<>(added, guard));
  }

  /** Puts a task into its line; returns false if that is full. */
  boolean offer(KeyedTask<K, ?> task) {
    var line = task.line();
    if (line.queue.size() >= queue) {
      return false;
    }
    line.queue.add(task);
    if (!line.isScheduled) {
      line.isScheduled = true;
      ready.add(line);
    }
    return true;
  }

  /** Takes a task that has not started out of its line; returns whether it was there. */
  boolean remove(KeyedTask<K, ?> task) {
    var line = task.line();
    if (!line.queue.remove(task)) {
      return false;
    }
    admitSubmitter(line);
    return true;
  }

  /** Forgets a key that nobody is at if it has nothing to do. */
  void unscheduleIfEmpty(KeyLine<K> line) {
    if (line.queue.isEmpty() && ready.remove(line)) {
      line.isScheduled = false;
      removeIfIdle(line);
    }
  }

  /** Returns whether a key waits for a worker. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Takes the first key that waits for a worker; null if none does. */
  @Nullable
  KeyLine<K> takeReady() {
    return ready.poll();
  }

  /** Puts a key that a worker was at to the end of the line, or forgets it. */
  void putBack(KeyLine<K> line) {
    if (!line.queue.isEmpty()) {
      ready.add(line);
    } else {
      line.isScheduled = false;
      removeIfIdle(line);
    }
  }

  /** Starts the next task of a key on this thread; null if there is none. */
  @Nullable
  KeyedTask<K, ?> startNext(KeyLine<K> line) {
    var task = line.queue.poll();
    if (task != null) {
      line.running = task;
      line.runner = Thread.currentThread();
      admitSubmitter(line);
    }
    return task;
  }

  /** Ends the task that {@link #startNext} started. */
  void end(KeyLine<K> line) {
    line.running = null;
    line.runner = null;
  }

  /** Empties all lines that no worker is at, refuses their submitters, and returns their tasks. */
  List<KeyedTask<K, ?>> abandon(RuntimeException why) {
    var abandoned = new ArrayList<KeyedTask<K, ?>>();
    for (var line = ready.poll(); line != null; line = ready.poll()) {
      abandoned.addAll(line.queue);
      line.queue.clear();
      line.isScheduled = false;
      for (var submitter : line.submitters.pollAll()) {
        submitter.refusal = why;
        submitter.call();
      }
      removeIfIdle(line);
    }
    return abandoned;
  }

  private void admitSubmitter(KeyLine<K> line) {
    Submitter<K> submitter = line.queue.size() < queue ? line.submitters.pollFirst() : null;
    if (submitter != null) {
      offer(submitter.task);
      submitter.call();
    }
  }

  private void removeIfIdle(KeyLine<K> line) {
    if (line.queue.isEmpty() && line.running == null && !line.isScheduled) {
      lines.remove(line.key, line);
      line.drainers.pollAll().forEach(Turn::call);
    }
  }
}
