/**
 * What tests of API clients need: time that passes at once, answers without a server, and networks
 * that misbehave.
 *
 * <p>Start with {@link dev.touchstone.apiclient.testing.VirtualTime}. {@link
 * dev.touchstone.apiclient.testing.ScriptedTransport} and {@link
 * dev.touchstone.apiclient.testing.Replay} answer without a socket; {@link
 * dev.touchstone.apiclient.testing.FaultProxy} stands before a real server. Nothing here depends on
 * a test framework.
 *
 * <p>Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.testing;

import org.jspecify.annotations.NullMarked;
