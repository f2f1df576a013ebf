package dev.touchstone.examples.gateway.definition;

/**
 * One call for each value of a list.
 *
 * @param over where the values come from
 * @param max how many different ones are asked for at most; the answer is partial if there are more
 * @param parallel how many calls are under way at a time
 */
public record ForEach(Reference over, int max, int parallel) {}
