/**
 * The dashboard of a queue: what waits, runs, failed and was done, and what can be done about it.
 *
 * <p>Start with {@link dev.touchstone.examples.taskqueue.dashboard.QueueDashboard}. All that is shown
 * comes from the store, so it is the same in the process of a worker and in any other. No page
 * counts a large table or searches one to its end: counts stop at a limit, and a search goes on
 * by a link.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.dashboard;

import org.jspecify.annotations.NullMarked;
