package dev.touchstone.concurrency.pipeline;

/**
 * Thrown by {@link PipelineRun#await()} when a stage has failed.
 *
 * <p>The cause is what the stage threw. What other stages threw before the run had ended is
 * suppressed. Each call throws an exception of its own, so its stack trace shows the call.
 */
public final class PipelineFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String stage;

  PipelineFailedException(String stage, Throwable cause) {
    super("stage '" + stage + "' failed: " + cause, cause);
    this.stage = stage;
  }

  /** Returns the name of the stage that failed first; that of the source is {@code source}. */
  public String stage() {
    return stage;
  }
}
