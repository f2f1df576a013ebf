package dev.touchstone.examples.taskqueue.torture;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes down which jobs were started, in a file beside the queue's own store: one line for each
 * attempt, appended in one write, so that processes may share the file and be killed at any moment.
 */
public final class EffectLog implements JobHandler<Effect> {

  /** So long a handler has done its work and the queue does not know. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path file;

  /** Creates a log in a file, which is made with the first line. */
  public EffectLog(Path file) {
    this.file = file;
  }

  @Override
  public Outcome handle(Effect job, JobContext context) throws IOException, InterruptedException {
    Files.writeString(
        file, context.id() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    TimeSource.system().sleep(PAUSE);
    return Outcome.done();
  }

  /** Returns how often each job was started. */
  Map<Long, Integer> starts() throws IOException {
    var starts = new HashMap<Long, Integer>();
    for (var line : Files.readAllLines(file)) {
      starts.merge(Long.parseLong(line), 1, Integer::sum);
    }
    return starts;
  }
}
