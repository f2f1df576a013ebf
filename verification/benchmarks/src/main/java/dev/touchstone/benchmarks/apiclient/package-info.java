/** What a call costs, against the libraries that people use for the same. */
package dev.touchstone.benchmarks.apiclient;
