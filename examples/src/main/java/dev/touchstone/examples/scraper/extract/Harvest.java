package dev.touchstone.examples.scraper.extract;

import java.util.List;

/**
 * What was taken from a page.
 *
 * @param targets the links to follow, each once
 * @param items the things that it describes
 * @param problems what was not as expected; an item that lacks a required field is missing
 */
public record Harvest(List<Target> targets, List<Item> items, List<Problem> problems) {

  /** Nothing was there. */
  public static final Harvest NOTHING = new Harvest(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Harvest {
    targets = List.copyOf(targets);
    items = List.copyOf(items);
    problems = List.copyOf(problems);
  }
}
