package dev.touchstone.examples.pluginapp.recipe;

/**
 * How far a run is.
 *
 * @param batches how many batches have gone through
 * @param read how many rows were read for them
 * @param written how many rows the sink has written
 * @param retries how often it was tried again to write some
 */
public record Progress(int batches, long read, long written, long retries) {}
