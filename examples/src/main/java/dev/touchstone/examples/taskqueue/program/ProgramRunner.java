package dev.touchstone.examples.taskqueue.program;

import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a program and waits for it. Status 0 means done, 65 that no retry would help, and any other a
 * failure, told with the last lines that the program printed.
 *
 * <p>The program finds {@code TOUCHSTONE_JOB}, {@code TOUCHSTONE_ATTEMPT}, {@code TOUCHSTONE_TOKEN} and
 * {@code TOUCHSTONE_IDEMPOTENCY_KEY} in its environment. When the handler is interrupted, the program
 * and what it has started are killed.
 *
 * <p><b>Source:</b> 65 is {@code EX_DATAERR} of {@code sysexits.h}.
 */
public final class ProgramRunner implements JobHandler<RunProgram> {

  private static final int BAD_DATA = 65;

  /** In bytes. */
  private static final int LONGEST_OUTPUT = 1_000;

  @Override
  public Outcome handle(RunProgram job, JobContext context)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("touchstone-job-" + context.id() + "-", ".log");
    try {
      var status = run(job, context, output);
      if (status == 0) {
        return Outcome.done();
      }
      var reason =
          "%s ended with status %d: %s".formatted(job.command().getFirst(), status, tail(output));
      return status == BAD_DATA ? Outcome.discard(reason) : Outcome.retry(reason);
    } finally {
      Files.delete(output);
    }
  }

  private static int run(RunProgram job, JobContext context, Path output)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(job.command())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(output.toFile()));
    builder.environment().put("TOUCHSTONE_JOB", String.valueOf(context.id()));
    builder.environment().put("TOUCHSTONE_ATTEMPT", String.valueOf(context.attempt()));
    builder.environment().put("TOUCHSTONE_TOKEN", String.valueOf(context.token()));
    builder.environment().put("TOUCHSTONE_IDEMPOTENCY_KEY", context.idempotencyKey());
    var process = builder.start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Returns the end of what a program has printed, however much that is. */
  private static String tail(Path output) throws IOException {
    try (var file = new RandomAccessFile(output.toFile(), "r")) {
      var end = new byte[(int) Math.min(file.length(), LONGEST_OUTPUT)];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8).strip();
    }
  }
}
