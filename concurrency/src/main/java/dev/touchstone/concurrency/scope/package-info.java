/**
 * Work that is split into subtasks which end before it does.
 *
 * <p>Start with {@link dev.touchstone.concurrency.scope.TaskScope}. The vocabulary is that of JEP
 * 505 and JEP 525, so code can move to the JDK's scopes when those are final. Rules:
 *
 * <ul>
 *   <li>A scope belongs to the thread that opened it: only that thread forks, joins and closes.
 *   <li>When {@code close} returns, no subtask runs any more, whatever happened.
 *   <li>A failure of a subtask is delivered once: through the joiner and the exception of {@code
 *       join}; as a suppressed exception of that if it comes late; or else to the failure listener.
 *   <li>Time is read from the {@link dev.touchstone.concurrency.time.TimeSource} of the scope.
 *   <li>No foreign code runs under a lock, and nothing blocks in {@code synchronized}.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.scope;

import org.jspecify.annotations.NullMarked;
