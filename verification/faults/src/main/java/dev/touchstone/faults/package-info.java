/**
 * What HTTP clients do when servers fail, as figures that the server sees.
 *
 * <p>Start with {@link dev.touchstone.faults.FaultReport} and {@link
 * dev.touchstone.faults.OutageReport}.
 */
@NullMarked
package dev.touchstone.faults;

import org.jspecify.annotations.NullMarked;
