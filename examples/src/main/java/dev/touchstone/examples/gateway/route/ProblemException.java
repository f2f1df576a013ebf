package dev.touchstone.examples.gateway.route;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a request is answered with a {@link Problem}. It has no stack trace: most are the
 * client's doing and come by the thousand.
 */
public final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient HttpFields fields;

  /** Creates one. */
  public ProblemException(Problem problem) {
    this(problem, HttpFields.EMPTY, null);
  }

  /**
   * Creates one.
   *
   * @param fields what the answer has beside the problem: {@code Retry-After}, {@code Allow} and the like
   * @param cause for the log, never for the client
   */
  public ProblemException(Problem problem, HttpFields fields, @Nullable Throwable cause) {
    super(problem.status() + ": " + problem.detail(), cause, false, false);
    this.problem = problem;
    this.fields = fields.asImmutable();
  }

  /** Returns what the client is told. */
  public Problem problem() {
    return problem;
  }

  /** Returns what the answer has beside the problem. */
  public HttpFields fields() {
    return fields;
  }
}
