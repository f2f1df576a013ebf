package dev.touchstone.concurrency.pipeline;

import java.time.Duration;

/**
 * What one stage of a run has done so far.
 *
 * <p>Stages that share a thread, see {@link Pipeline}, report the times of that thread. The counts
 * are read one after another while the run goes on; after its end they are exact.
 *
 * @param name the name of the stage
 * @param in how many elements it was given
 * @param out how many elements it has passed on, or delivered if it is the last
 * @param failed how many elements it could not process, after all attempts
 * @param skipped how many of these were skipped
 * @param deadLettered how many of these were sent to a dead letter channel
 * @param retried how many attempts were made beside the first ones
 * @param undelivered how many elements were reported as undelivered
 * @param inFlight how many elements wait in its buffer, are being processed, or wait to be passed on
 * @param busy the part of the time, from 0 to 1, in which its threads waited neither for elements
 *     nor for room in the next buffer; a source counts as busy while it looks for an element, unless
 *     it is a channel
 * @param waitedForInput how long its threads waited for elements, summed
 * @param waitedForOutput how long its threads waited for room in the next buffer, summed
 */
public record StageStatistics(
    String name,
    long in,
    long out,
    long failed,
    long skipped,
    long deadLettered,
    long retried,
    long undelivered,
    long inFlight,
    double busy,
    Duration waitedForInput,
    Duration waitedForOutput) {}
