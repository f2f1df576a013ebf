package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.JobForm;
import java.io.Serial;
import tools.jackson.core.JacksonException;

/** The payload of a job does not have the form that its handler expects. No retry would help. */
public final class UnreadablePayloadException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  UnreadablePayloadException(JobForm form, JacksonException cause) {
    super(
        "the payload of a job of the form " + form + " cannot be read: "
            + cause.getOriginalMessage() + "; was the record changed without a new version?",
        cause);
  }
}
