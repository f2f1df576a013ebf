/** Stress tests of limits. */
package dev.touchstone.stress.limit;
