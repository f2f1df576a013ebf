package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.NewJob;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The form that a record says its jobs have. */
final class JobType {

  private JobType() {}

  /**
   * Returns the form of the jobs of a class.
   *
   * @throws IllegalArgumentException if it has none
   */
  static JobForm of(Class<?> type) {
    var kind = type.getAnnotation(JobKind.class);
    if (kind == null) {
      throw new IllegalArgumentException(
          "%s must be annotated: @JobKind(\"some.name\") record %s(...)"
              .formatted(type.getName(), type.getSimpleName()));
    }
    return new JobForm(kind.value(), kind.version());
  }

  /**
   * Returns a builder for a job that carries a record.
   *
   * @throws IllegalArgumentException if the record has no kind, or does not become JSON
   */
  static NewJob.Builder toJob(Object payload) {
    var form = of(payload.getClass());
    try {
      return NewJob.builder(
          form.kind(), form.version(), JsonMapper.shared().writeValueAsString(payload));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "a job of kind '" + form.kind() + "' cannot be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }
}
