/** Stress tests of what calls of {@code apiclient} share: retry budgets, tokens, quotas. */
@NullMarked
package dev.touchstone.stress.apiclient;

import org.jspecify.annotations.NullMarked;
