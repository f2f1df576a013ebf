package dev.touchstone.examples.tour;

import java.nio.file.Path;

/**
 * Where a tour keeps what it needs to go on after its end, and what it makes.
 *
 * @param path the folder
 */
record TourFolder(Path path) {

  /** The jobs. */
  Path queue() {
    return path.resolve("tour.db");
  }

  /** The home of the crawl, whose lines go to {@code pages.jsonl}. */
  Path crawl() {
    return path.resolve("pages.crawl");
  }

  /** An answer of the API in each file. */
  Path answers() {
    return path.resolve("answers");
  }

  /** All answers, one a line. */
  Path assays() {
    return path.resolve("assays.jsonl");
  }

  /** The page that a plugin makes of them. */
  Path report() {
    return path.resolve("minerals.html");
  }

  /** How the plugin is told. */
  Path recipe() {
    return path.resolve("minerals.yaml");
  }

  /** Where plugins of the user would be. */
  Path plugins() {
    return path.resolve("plugins");
  }

  /** What the gateway serves. */
  Path gateway() {
    return path.resolve("gateway.yaml");
  }
}
