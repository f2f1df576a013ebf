package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.pipeline.DeadLetter;
import dev.touchstone.concurrency.pipeline.ErrorPolicy;
import dev.touchstone.concurrency.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pipeline: the source, the stages and their threads in one description.
 *
 * <p>The measuring stage has three threads and still keeps the order. Sample 7 cannot be measured: it is
 * put aside with its failure, and the others go on. What would be channels, loops, flags and closing
 * by hand is in {@code ProducerConsumer} and {@code FanInFanOut}.
 */
final class Pipelines {

  private Pipelines() {}

  static void run(PrintWriter out) throws InterruptedException {
    Channel<DeadLetter<Integer>> letters = Channel.unbounded();
    var samples = IntStream.rangeClosed(1, 10).boxed().toList();
    var pipeline = Pipeline.from(samples)
        .map("measure", Pipelines::measure)
        .parallel(3)
        .onError(ErrorPolicy.deadLetter(letters))
        .batch(4, Duration.ofMinutes(1)) // a full batch does not wait for the minute
        .to("store", batch -> store(batch, out));

    try (var threads =
            ManagedExecutor.virtual("lab").concurrency(pipeline.threads()).build();
        var run = pipeline.start(threads)) {
      run.await(); // a failure of any stage would surface here

      var letter = letters.receive();
      out.println("put aside: " + letter.element() + ", " + letter.failure().getMessage());
      for (var stage : run.stages()) {
        out.println(stage.name() + ": " + stage.in() + " in, " + stage.out() + " out");
      }
    }
  }

  private static String measure(Integer sample) throws IOException {
    if (sample == 7) {
      throw new IOException("too dark to see");
    }
    return "#" + sample;
  }

  private static void store(List<String> batch, PrintWriter out) {
    out.println("stored " + batch);
  }
}
