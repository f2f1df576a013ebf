package dev.touchstone.examples.scraper.extract;

/**
 * Something on a page that is not as the definition expects it.
 *
 * @param field where, such as {@code book.price}
 * @param text what was expected and what was found
 */
public record Problem(String field, String text) {}
