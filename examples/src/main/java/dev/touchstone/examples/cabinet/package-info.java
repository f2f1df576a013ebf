/**
 * The Mineral Cabinet: a web site and a JSON API on loopback, for programs that want something real
 * to talk to where there is no network.
 *
 * <p>Start with {@link dev.touchstone.examples.cabinet.Cabinet#open()}. What it serves follows from a
 * fixed seed, so two runs see the same pages, the same slow ones and the same failures.
 */
@NullMarked
package dev.touchstone.examples.cabinet;

import org.jspecify.annotations.NullMarked;
