/**
 * The first thing that a newcomer runs: the three libraries at work together on a web site and an API
 * that the tour itself opens on loopback.
 *
 * <p>Start with {@link dev.touchstone.examples.tour.Tour}.
 */
@NullMarked
package dev.touchstone.examples.tour;

import org.jspecify.annotations.NullMarked;
