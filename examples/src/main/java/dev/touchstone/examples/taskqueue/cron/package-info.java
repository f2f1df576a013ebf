/**
 * When something is due again and again: {@link dev.touchstone.examples.taskqueue.cron.CronSchedule},
 * which computes and does nothing else.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.cron;

import org.jspecify.annotations.NullMarked;
