/** What scopes, locks by key, single flights and limiters cost, beside what people use today. */
package dev.touchstone.benchmarks.structured;
