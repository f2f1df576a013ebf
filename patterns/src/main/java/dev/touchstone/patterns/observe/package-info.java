/**
 * One part of a program says that something happened, and others act on it.
 *
 * <p>Start with {@link dev.touchstone.patterns.observe.Signal} if one object announces one kind of
 * event. {@link dev.touchstone.patterns.observe.EventBus} carries a family of event types between
 * parts that do not know each other, with an order, a rule for events posted while another is being
 * delivered, and listeners that run on other threads.
 *
 * <p>What all of them promise: after {@link
 * dev.touchstone.patterns.observe.Subscription#close() close} has returned, the closing thread sees
 * no further call and other threads at most finish calls they had begun; a listener that is added
 * sees events from the next one on; no listener is called under a lock; no thread is started; and
 * nothing here keeps a class, and with it a class loader, from being unloaded.
 */
@NullMarked
package dev.touchstone.patterns.observe;

import org.jspecify.annotations.NullMarked;
