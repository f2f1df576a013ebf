/**
 * Channels: bounded queues between threads that can be closed.
 *
 * <p>Start with {@link dev.touchstone.concurrency.channel.Channel#buffered}. Code that only sends
 * should take a {@link dev.touchstone.concurrency.channel.Sender}, code that only receives a {@link
 * dev.touchstone.concurrency.channel.Receiver}.
 *
 * <p>Rules that all types here obey:
 *
 * <ul>
 *   <li><b>Interruption.</b> A method that declares {@link java.lang.InterruptedException} throws it
 *       if the thread is interrupted on entry or while it waits, clears the flag, and then nothing
 *       was sent or received. If the element was handed over first, the method returns normally and
 *       the flag stays set. A method that does not declare it ignores the flag.
 *   <li><b>Timeouts.</b> A {@link java.time.Duration} that is zero or negative means one attempt. A
 *       method whose time ran out had no effect.
 *   <li><b>Closing.</b> An element is either accepted before the channel closes, and then it can be
 *       received, or its sender is told. Nobody waits at a closed channel.
 *   <li><b>Memory.</b> What a thread did before it sent an element happens before what another
 *       thread does after it received that element.
 *   <li><b>Callbacks</b> never run under a lock of the channel.
 * </ul>
 */
@NullMarked
package dev.touchstone.concurrency.channel;

import org.jspecify.annotations.NullMarked;
