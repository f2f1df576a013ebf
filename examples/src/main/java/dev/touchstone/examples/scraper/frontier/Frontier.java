package dev.touchstone.examples.scraper.frontier;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The addresses of a crawl and what became of them. An address is known once, however often it is
 * found; it is then queued, leased or done.
 *
 * <p>A lease is a promise of this process only: when a frontier is opened, what was leased is queued
 * again.
 *
 * <p>Confined to one thread.
 */
public interface Frontier extends AutoCloseable {

  /** Returns the addresses that the crawl started at, and those that they redirected to. */
  List<URI> starts();

  /** Returns whether a canonical address is known: queued, leased or done. */
  boolean isKnown(URI address);

  /**
   * Does something with each known address, in no order.
   *
   * @throws FrontierException if the frontier cannot be read
   */
  void forEach(Consumer<URI> action);

  /** Returns the origins that have queued addresses. */
  Set<String> origins();

  /**
   * Takes queued addresses of one origin: those of the highest priority first, of the same priority in
   * the order of their discovery.
   *
   * @param max how many at most
   * @return empty if none is queued
   * @throws FrontierException if the frontier cannot be read or written
   */
  List<Lease> lease(String origin, int max);

  /**
   * Makes the changes of a commit, all of them or, if it fails, none. When this returns they outlive
   * the process and the machine's power.
   *
   * @return the origins that have addresses which were not known before
   * @throws FrontierException if they cannot be written
   */
  Set<String> commit(Commit commit);

  /**
   * Queues every address again that is done. What is known of it stays until it is visited; its next lease
   * tells what that is.
   *
   * @throws FrontierException if that cannot be written; then nothing is changed
   */
  void refresh();

  /** Returns the length of each output file, by name, at the last commit; empty before the first. */
  Map<String, Long> offsets();

  /** Returns how many addresses are queued or leased. */
  long waiting();

  /** Returns how many addresses are done, in all runs of the crawl since it was refreshed. */
  Tally tally();

  /** Closes the frontier. What was not committed is forgotten. */
  @Override
  void close();
}
