/**
 * Lists that an API hands out page by page.
 *
 * <p>Start with {@link dev.touchstone.apiclient.paging.Pages}. Each page is a call of its own, with
 * its own retries and time limit, made when the iteration gets to it or, if wanted, a little earlier.
 *
 * <p>{@code Pages} and paginators are immutable and safe for use by several threads; an iterator is
 * for one.
 */
@NullMarked
package dev.touchstone.apiclient.paging;

import org.jspecify.annotations.NullMarked;
