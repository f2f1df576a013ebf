package dev.touchstone.examples.web;

import tools.jackson.databind.json.JsonMapper;

/** What a {@link Site} answers a {@link WebRequest} with. */
public sealed interface Answer {

  /**
   * A page within the layout of the site, which brings itself up to date.
   *
   * @param title what the page is about
   * @param content what is below the title
   */
  record Page(String title, Html content) implements Answer {}

  /**
   * A text that is no page.
   *
   * @param contentType its media type, with the charset UTF-8 where it takes one
   * @param body the text
   */
  record Text(String contentType, String body) implements Answer {}

  /**
   * Another address of the site, to be asked for with {@code GET}: what follows a form, so that reloading
   * the page does not send it again.
   *
   * @param path the address, percent-encoded
   */
  record SeeOther(String path) implements Answer {

    /**
     * Checks the address.
     *
     * @throws IllegalArgumentException if it is not one of this server
     */
    public SeeOther {
      if (!path.matches("/(?![/\\\\])[!-~]*")) {
        throw new IllegalArgumentException(
            "path must be one of this server, percent-encoded, and begin with '/', was '" + path
                + "'");
      }
    }
  }

  /**
   * A refusal, shown as a page to a browser and as a line of text to a program.
   *
   * @param status its HTTP status, at least 400
   * @param message what was expected, what was found, what to do
   */
  record Problem(int status, String message) implements Answer {

    /**
     * Checks the status.
     *
     * @throws IllegalArgumentException if it is none of an error
     */
    public Problem {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("status must be from 400 to 599, was " + status);
      }
    }
  }

  /** Returns an answer in JSON. */
  static Answer json(Object value) {
    return new Text("application/json", JsonMapper.shared().writeValueAsString(value));
  }

  /** Returns the answer that there is no such thing. */
  static Answer notFound(String message) {
    return new Problem(404, message);
  }
}
