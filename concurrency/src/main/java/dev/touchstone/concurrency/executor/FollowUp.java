package dev.touchstone.concurrency.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step under the lock asks for once the lock has been released. */
final class FollowUp {

  /** Workers that were given a task and wait for a call, or whose thread has to be started. */
  final List<Worker> calls = new ArrayList<>();

  /** Idle workers that will get no task any more. */
  final List<Worker> retired = new ArrayList<>();

  /** Submitters that have their verdict. */
  final List<Submitter> decided = new ArrayList<>();

  /** How full the executor was after the step, for messages. */
  int active;

  int queued;

  void admitted(@Nullable Submitter submitter) {
    if (submitter != null) {
      decided.add(submitter);
    }
  }
}
