package dev.touchstone.examples.clients.github;

import java.util.List;

/**
 * An issue that does not exist yet.
 *
 * @param title its title
 * @param body its text, in Markdown
 * @param labels the names of its labels
 */
public record NewIssue(String title, String body, List<String> labels) {

  /** Copies the labels. */
  public NewIssue {
    labels = List.copyOf(labels);
  }
}
