package dev.touchstone.examples.clients.github;

/**
 * An issue.
 *
 * @param number its number within the repository
 * @param title its title
 * @param state {@code open} or {@code closed}
 */
public record Issue(int number, String title, String state) {}
