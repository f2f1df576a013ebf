/**
 * Pipelines: stages that pass elements on to each other through channels, on threads of an executor.
 *
 * <p>Start with {@link dev.touchstone.concurrency.pipeline.Pipeline#from}. A {@link
 * dev.touchstone.concurrency.pipeline.Pipeline} describes what to do and is immutable; starting it
 * gives a {@link dev.touchstone.concurrency.pipeline.PipelineRun}, of which there may be several.
 *
 * <p>Rules that all types here obey:
 *
 * <ul>
 *   <li><b>Back-pressure.</b> At no time are there more elements under way than the sum of the
 *       threads and the buffers of all stages, finished ones that wait for their turn included; a
 *       batch holds its elements beside that.
 *   <li><b>Conservation.</b> Every element that a stage has taken up is passed on, filtered out,
 *       skipped, sent to a dead letter channel, or reported as undelivered: one of these, once.
 *   <li><b>Failures</b> of user code are answered by the {@link
 *       dev.touchstone.concurrency.pipeline.ErrorPolicy} of the stage. Errors, as opposed to
 *       exceptions, always fail the run; a {@link java.lang.VirtualMachineError} also ends its
 *       thread.
 *   <li><b>Interruption.</b> The threads of a run are interrupted when it fails or is cancelled. If
 *       somebody else interrupts one of them, the run is cancelled.
 *   <li><b>Context.</b> If the {@code ManagedExecutor} that a run is started on has a context, all
 *       stages see that of the thread that called {@code start}, whoever sent an element.
 *   <li><b>Memory.</b> What a stage did to an element happens before what the next one does with it,
 *       and everything that a run did happens before {@code await} returns.
 *   <li><b>User code</b> never runs under a lock.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.pipeline;

import org.jspecify.annotations.NullMarked;
