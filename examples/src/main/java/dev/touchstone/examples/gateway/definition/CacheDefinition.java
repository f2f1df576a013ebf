package dev.touchstone.examples.gateway.definition;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long answers of a route are kept.
 *
 * @param shared for how long an answer is fresh; empty if the backends say so
 * @param staleWhileRevalidate for how long after that one is given out while a new one is made
 * @param staleIfError for how long after that one is given out if no new one can be made
 */
public record CacheDefinition(
    Optional<Duration> shared, Duration staleWhileRevalidate, Duration staleIfError) {}
