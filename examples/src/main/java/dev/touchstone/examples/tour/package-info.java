/**
 * The first thing that a newcomer runs: the four applications at work together on a web site and APIs
 * that the tour itself opens on loopback.
 *
 * <p>Start with {@link dev.touchstone.examples.tour.Tour}.
 */
@NullMarked
package dev.touchstone.examples.tour;

import org.jspecify.annotations.NullMarked;
