/**
 * What tests of API clients need: time that passes at once, answers without a server.
 *
 * <p>Start with {@link dev.touchstone.apiclient.testing.VirtualTime}. Nothing here depends on a test
 * framework.
 *
 * <p>Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.testing;

import org.jspecify.annotations.NullMarked;
