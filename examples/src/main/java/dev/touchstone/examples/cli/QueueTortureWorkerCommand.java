package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.torture.Effect;
import dev.touchstone.examples.taskqueue.torture.EffectLog;
import dev.touchstone.examples.taskqueue.torture.Torture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The process that {@link QueueTortureCommand} kills. */
@Command(name = "torture-worker", hidden = true)
final class QueueTortureWorkerCommand implements Callable<Integer> {

  private static final int CONCURRENCY = 8;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int UNBOUNDED = 1_000_000; // it is the torture that kills, and not the jobs

  @Mixin
  private final QueueStore store = new QueueStore();

  @Option(names = "--log", required = true)
  private Path log;

  @Override
  public Integer call() throws InterruptedException {
    var effects = new EffectLog(log);
    return store.use(opened -> {
      try (var worker = TaskQueue.open(effects.watching(opened))
          .worker()
          .queue(Torture.QUEUE, CONCURRENCY)
          .lease(LEASE)
          .maxLostLeases(UNBOUNDED)
          .handle(Effect.class, effects)
          .start()) {
        worker.await();
      }
      return ExitStatus.OK;
    });
  }
}
