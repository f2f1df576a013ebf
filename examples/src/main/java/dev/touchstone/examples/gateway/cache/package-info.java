/**
 * Keeps answers for a while, as RFC 9111 allows a shared cache to.
 *
 * <p>Start with {@link dev.touchstone.examples.gateway.cache.AnswerCache}.
 */
@NullMarked
package dev.touchstone.examples.gateway.cache;

import org.jspecify.annotations.NullMarked;
