package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.Fence;
import java.io.Serial;

/** The job is no longer this worker's: somebody else may be doing it now. Roll back and return. */
public final class LeaseLostException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  LeaseLostException(Fence fence) {
    super("job %d is no longer this worker's (token %d): roll back and return"
        .formatted(fence.id(), fence.token()));
  }
}
