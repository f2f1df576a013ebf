package dev.touchstone.examples.taskqueue.torture;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes down what becomes of each attempt, in a file beside the queue's own store: one line when it
 * begins, one when its work is done, and one when its success was accepted. Each is appended in one
 * write, so that processes may share the file and be killed at any moment.
 */
public final class EffectLog implements JobHandler<Effect> {

  private static final Duration WORK = Duration.ofMillis(20);

  /** One job in twenty: a worker that was stopped goes on while another one is still at it. */
  private static final Duration LONG_WORK = Duration.ofMillis(300);

  private enum Step {
    BEGUN,
    DONE,
    ACCEPTED
  }

  private final Path file;

  /** Creates a log in a file, which is made with the first line. */
  public EffectLog(Path file) {
    this.file = file;
  }

  @Override
  public Outcome handle(Effect job, JobContext context) throws IOException, InterruptedException {
    var fence = new Fence(context.id(), context.token());
    append(Step.BEGUN, fence);
    TimeSource.system().sleep(job.number() % 20 == 0 ? LONG_WORK : WORK);
    append(Step.DONE, fence);
    return Outcome.done();
  }

  private void append(Step step, Fence fence) throws IOException {
    var line = "%s %d %d%n".formatted(step, fence.id(), fence.token());
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns a store that also writes down which successes it accepts. */
  public JobStore watching(JobStore store) {
    // a proxy: as a class of its own this would be some thirty methods that only pass a call on
    return (JobStore) Proxy.newProxyInstance(
        JobStore.class.getClassLoader(),
        new Class<?>[] {JobStore.class},
        (proxy, method, arguments) -> {
          try {
            var answer = method.invoke(store, arguments);
            if (method.getName().equals("settle")) {
              accepted((Collection<?>) arguments[0], (Set<?>) answer);
            }
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private void accepted(Collection<?> settlements, Set<?> refused) {
    try {
      for (var settlement : settlements) {
        if (settlement instanceof Settlement.Succeeded success
            && !refused.contains(success.fence())) {
          append(Step.ACCEPTED, success.fence());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what became of the attempts of each job. */
  Map<Long, Story> stories() throws IOException {
    var stories = new HashMap<Long, Story>();
    for (var line : Files.readAllLines(file)) {
      var words = line.split(" ", -1);
      var token = Long.parseLong(words[2]);
      var story = stories.computeIfAbsent(Long.parseLong(words[1]), job -> new Story());
      var unused = switch (Step.valueOf(words[0])) {
        case BEGUN -> story.begun().add(token);
        case DONE -> story.done().add(token);
        case ACCEPTED -> story.accepted().add(token);
      };
    }
    return stories;
  }
}
