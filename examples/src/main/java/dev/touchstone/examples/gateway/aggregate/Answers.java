package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.examples.gateway.route.ProblemException;
import org.eclipse.jetty.http.HttpFields;

/** Where the answers to requests of a route come from: from calls, or from what was kept. */
@FunctionalInterface
public interface Answers {

  /**
   * Returns an answer.
   *
   * @param inputs what of the request gets into calls
   * @param request the fields of the request
   * @param deadline when the request must be over
   * @throws ProblemException if there is none
   * @throws InterruptedException if the thread is interrupted: the request is given up
   */
  Answer answer(Inputs inputs, HttpFields request, Deadline deadline)
      throws ProblemException, InterruptedException;
}
