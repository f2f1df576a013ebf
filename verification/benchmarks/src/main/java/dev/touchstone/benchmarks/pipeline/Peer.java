package dev.touchstone.benchmarks.pipeline;

import dev.touchstone.concurrency.pipeline.Pipeline;
import dev.touchstone.concurrency.pipeline.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Gatherers;

/** What a map, a parallel map, batches and a sink are made of. */
public enum Peer {
  PIPELINE {
    @Override
    void run(Load load) throws InterruptedException {
      runPipeline(load, stages(load));
    }
  },

  PIPELINE_UNORDERED {
    @Override
    void run(Load load) throws InterruptedException {
      runPipeline(load, stages(load).unordered());
    }
  },

  /** On the common pool, which has as many threads as there are processors; batches at the end. */
  PARALLEL_STREAM {
    @Override
    void run(Load load) {
      var results =
          load.elements().parallelStream().map(Peer::first).map(load.work()).toList();
      for (int i = 0; i < results.size(); i += BATCH) {
        load.sink().accept(results.subList(i, Math.min(results.size(), i + BATCH)));
      }
    }
  },

  GATHERERS {
    @Override
    void run(Load load) {
      load.elements().stream()
          .map(Peer::first)
          .gather(Gatherers.mapConcurrent(load.threads(), load.work()))
          .gather(Gatherers.windowFixed(BATCH))
          .forEach(load.sink());
    }
  },

  /** Two queues with a last element, without order, and without a way to fail or to be stopped. */
  EXECUTOR_AND_QUEUES {
    @Override
    void run(Load load) throws InterruptedException, ExecutionException {
      BlockingQueue<Integer> in = new ArrayBlockingQueue<>(BUFFER);
      BlockingQueue<Integer> out = new ArrayBlockingQueue<>(BUFFER);
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var tasks = new ArrayList<Future<?>>();
        submit(executor, tasks, () -> {
          for (var element : load.elements()) {
            in.put(first(element));
          }
          in.put(END);
          return null;
        });
        for (int i = 0; i < load.threads(); i++) {
          submit(executor, tasks, () -> {
            for (var next = in.take(); !next.equals(END); next = in.take()) {
              out.put(load.work().apply(next));
            }
            in.put(END);
            return null;
          });
        }
        submit(executor, tasks, () -> {
          var batch = new ArrayList<Integer>();
          for (int left = load.elements().size(); left > 0; left--) {
            batch.add(out.take());
            if (batch.size() == BATCH || left == 1) {
              load.sink().accept(batch);
              batch = new ArrayList<>();
            }
          }
          return null;
        });
        for (var task : tasks) {
          task.get();
        }
      }
    }

    private static void submit(ExecutorService executor, List<Future<?>> tasks, Callable<?> work) {
      tasks.add(executor.submit(work));
    }
  };

  private static final int BATCH = 100;
  private static final int BUFFER = 16;
  private static final Integer END = Integer.MIN_VALUE;

  /**
   * What is to be done.
   *
   * @param elements what goes in
   * @param threads how many threads do the work
   * @param work what they do with each element
   * @param sink what takes the batches
   */
  record Load(
      List<Integer> elements,
      int threads,
      Function<Integer, Integer> work,
      Consumer<List<Integer>> sink) {}

  abstract void run(Load load) throws Exception;

  private static Integer first(Integer element) {
    return element ^ 1;
  }

  private static Stage<Integer, Integer> stages(Load load) {
    return Pipeline.from(load.elements())
        .map("first", Peer::first)
        .buffer(BUFFER)
        .map("work", load.work()::apply)
        .parallel(load.threads());
  }

  private static void runPipeline(Load load, Stage<Integer, Integer> stages)
      throws InterruptedException {
    stages
        .batch(BATCH, Duration.ofSeconds(1))
        .to("sink", load.sink()::accept)
        .start(Thread::startVirtualThread)
        .await();
  }
}
