/**
 * The memory of a crawl: which addresses are known, which are to be visited, what became of the others,
 * and how far the output was written when that was so.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.frontier.Frontier}. All that one step of a crawl
 * changes is one {@link dev.touchstone.examples.scraper.frontier.Commit}, and a commit is kept whole or
 * not at all, whatever happens to the process. {@link
 * dev.touchstone.examples.scraper.frontier.SqliteFrontier} keeps it in a file.
 */
@NullMarked
package dev.touchstone.examples.scraper.frontier;

import org.jspecify.annotations.NullMarked;
