/**
 * A durable queue of jobs: a record becomes a row, a worker takes it under a lease, its handler runs,
 * and its end is written down only by who still has the right to.
 *
 * <p>Start with {@link dev.touchstone.examples.taskqueue.TaskQueue#open}.
 *
 * <p><b>The promise.</b> When enqueuing returns, the job is on the disk, or commits with your
 * transaction. Every job is started at least once and ends in exactly one recorded outcome. It is
 * started twice only if its process or machine died, if its process could not renew its lease, if an
 * operator asked, or if its completion was lost in a crash; each restart is recorded with its cause.
 * Two attempts overlap only when a lease could not be renewed, and then only the newest can complete.
 */
@NullMarked
package dev.touchstone.examples.taskqueue;

import org.jspecify.annotations.NullMarked;
