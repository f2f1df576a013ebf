package dev.touchstone.examples.web;

/**
 * Answers the requests of one route.
 *
 * <p>Called by a virtual thread for each request, by several at a time. What it throws is logged, and
 * the answer is 500 without a word of it.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers.
   *
   * @throws InterruptedException if the server is closed and this takes too long
   */
  Answer answer(WebRequest request) throws InterruptedException;
}
