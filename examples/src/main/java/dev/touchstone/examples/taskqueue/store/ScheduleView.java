package dev.touchstone.examples.taskqueue.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it is shown.
 *
 * @param id its name
 * @param plan the expression and the zone, such as {@code 0 3 * * * Europe/Berlin}
 * @param next when it fires next; empty if never again
 */
public record ScheduleView(String id, String plan, Optional<Instant> next) {}
