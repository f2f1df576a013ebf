package dev.touchstone.examples.scraper.extract;

import java.util.Set;

/** The extractors that come on top of what a definition can say. */
public interface ItemExtractors {

  /** Returns their names. Asked only where a definition names one. */
  Set<String> names();

  /** Returns the extractor of a name, which is one of those. */
  ItemExtractor get(String name);

  /** Returns no extractors. */
  static ItemExtractors none() {
    return new ItemExtractors() {

      @Override
      public Set<String> names() {
        return Set.of();
      }

      @Override
      public ItemExtractor get(String name) {
        throw new IllegalArgumentException("there is no extractor " + name);
      }
    };
  }
}
