/**
 * Carries what belongs to a piece of work, such as a user or a trace, from the thread that asks for
 * it to the threads that do it.
 *
 * <p>Start with {@link dev.touchstone.concurrency.context.ContextPropagation}. Values are captured
 * where work is handed over, put in place on the thread that does it, and replaced afterwards by
 * what was there before: no thread keeps the context of work that it has done.
 */
@NullMarked
package dev.touchstone.concurrency.context;

import org.jspecify.annotations.NullMarked;
