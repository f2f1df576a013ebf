package dev.touchstone.apiclient;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try of a call, redirects included.
 *
 * @param number 1 for the first
 * @param startedAt when it started
 * @param waitedBefore how long the call waited before it; zero for the first
 * @param took how long it took
 * @param status the last status received; empty if none was
 * @param failure why it failed; empty if it succeeded
 * @param delivery how far its request got; {@link Delivery#ANSWERED} if it succeeded
 */
public record Attempt(
    int number,
    Instant startedAt,
    Duration waitedBefore,
    Duration took,
    OptionalInt status,
    Optional<ApiException> failure,
    Delivery delivery) {}
