package dev.touchstone.examples.scraper.extract;

import java.util.List;

/** Where the text of a value comes from. */
@FunctionalInterface
interface Source {

  /** Returns the texts that are there, in the order of the page; empty if there is none. */
  List<String> find(Place place, ValueType type);
}
