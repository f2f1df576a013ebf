package dev.touchstone.examples.pluginapp.recipe;

import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.patterns.plugin.Extension;
import dev.touchstone.patterns.strategy.Selector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;

/** Which source reads a file. */
public final class Readers {

  private Readers() {}

  /**
   * Returns what chooses among the present sources the first that says that it reads a file, and
   * explains it.
   */
  public static Selector<Path, Optional<Extension<Source>>> of(Parts<Source> sources) {
    var selector = Selector.<Path, Optional<Extension<Source>>>builder();
    var names = new HashSet<String>();
    for (var source : sources.extensions().list()) {
      Parts.name(source)
          .filter(names::add)
          .ifPresent(name -> selector.when(name, file -> reads(source, file), Optional.of(source)));
    }
    return selector.otherwise("no source", Optional.empty()).build();
  }

  private static boolean reads(Extension<Source> source, Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    return source.use(reader -> {
      try {
        return reader.reads(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
