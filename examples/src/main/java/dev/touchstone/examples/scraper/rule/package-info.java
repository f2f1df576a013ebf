/**
 * Which addresses a crawl goes to: rules that say why.
 *
 * <p>Start with {@link dev.touchstone.examples.scraper.rule.Rule}. Rules are specification objects: each
 * answers with a {@link dev.touchstone.examples.scraper.rule.Verdict}, which holds its reason, and they
 * are joined by {@code and}, {@code or} and {@code not}. A {@link
 * dev.touchstone.examples.scraper.rule.Budget} counts, and so ends what no rule can tell from a page.
 */
@NullMarked
package dev.touchstone.examples.scraper.rule;

import org.jspecify.annotations.NullMarked;
