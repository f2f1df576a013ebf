/**
 * A client of GitHub's API: what it takes to turn {@code ApiClient} into the client of one API.
 *
 * <p>Start with {@link dev.touchstone.examples.clients.github.GitHub}. Types are immutable and safe
 * for use by several threads.
 */
@NullMarked
package dev.touchstone.examples.clients.github;

import org.jspecify.annotations.NullMarked;
