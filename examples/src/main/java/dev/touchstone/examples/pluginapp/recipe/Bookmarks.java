package dev.touchstone.examples.pluginapp.recipe;

import java.util.Optional;

/**
 * Where a run stands between two shifts.
 *
 * @param source that of the source; empty at the start
 * @param sink that of the sink; empty at the start
 */
record Bookmarks(Optional<String> source, Optional<String> sink) {

  static final Bookmarks START = new Bookmarks(Optional.empty(), Optional.empty());

  static Bookmarks of(String source, String sink) {
    return new Bookmarks(Optional.of(source), Optional.of(sink));
  }
}
