package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Sink;
import java.util.Set;

/** The formats of output that come on top of those that every crawl knows. */
public interface OutputFormats {

  /** Returns their names. Asked only where a definition names a format that is not known. */
  Set<String> names();

  /** Returns what writes a format to a file. */
  Sink open(String name, OutputFiles.Output file);

  /** Returns no formats. */
  static OutputFormats none() {
    return new OutputFormats() {

      @Override
      public Set<String> names() {
        return Set.of();
      }

      @Override
      public Sink open(String name, OutputFiles.Output file) {
        throw new IllegalArgumentException("there is no format " + name);
      }
    };
  }
}
