package dev.touchstone.concurrency.pipeline;

/**
 * An element that a stage could not process.
 *
 * @param stage the name of the stage
 * @param element the element as the stage had received it
 * @param failure what the last attempt threw
 * @param attempts how often the stage has tried, at least 1
 * @param <T> the type of the element
 */
public record DeadLetter<T>(String stage, T element, Exception failure, int attempts) {}
