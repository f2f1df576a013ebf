package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.scraper.definition.Additions;
import dev.touchstone.examples.scraper.definition.OutputFormats;
import dev.touchstone.examples.scraper.extract.ItemExtractor;
import dev.touchstone.examples.scraper.extract.ItemExtractors;
import dev.touchstone.examples.scraper.page.HtmlPage;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.OutputFormat;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.patterns.plugin.Extensions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets plugins add formats and extractors to crawls. A plugin may be replaced while a crawl runs: each
 * address is worked on by the version that is in use at that time.
 */
public final class CrawlAdditions {

  private CrawlAdditions() {}

  /**
   * Returns what the plugins of a workbench add.
   *
   * @param workbench asked when a definition names something that crawls do not know themselves
   */
  public static Additions of(Supplier<Workbench> workbench) {
    return new Additions(
        new Formats(() -> workbench.get().outputFormats()),
        new Extractors(() -> workbench.get().itemExtractors()));
  }

  private static <T> Set<String> names(Extensions<T> extensions, Function<T, String> nameOf) {
    var names = new LinkedHashSet<String>();
    extensions.forEach(extension -> names.add(nameOf.apply(extension)));
    return names;
  }

  private record Formats(Supplier<Extensions<OutputFormat>> extensions) implements OutputFormats {

    @Override
    public Set<String> names() {
      return CrawlAdditions.names(extensions.get(), OutputFormat::name);
    }

    @Override
    public Sink open(String name, OutputFiles.Output file) {
      var current = new Current<>(extensions, OutputFormat::name, name);
      return finding -> current.use(format -> {
        format.write(finding, file);
        return true;
      });
    }
  }

  private record Extractors(Supplier<Extensions<ItemExtractor>> extensions)
      implements ItemExtractors {

    @Override
    public Set<String> names() {
      return CrawlAdditions.names(extensions.get(), ItemExtractor::name);
    }

    @Override
    public ItemExtractor get(String name) {
      return new Leased(name, new Current<>(extensions, ItemExtractor::name, name));
    }
  }

  private record Leased(String name, Current<ItemExtractor> current) implements ItemExtractor {

    @Override
    public List<String> fields() {
      return current.use(ItemExtractor::fields);
    }

    @Override
    public List<Map<String, @Nullable Object>> extract(HtmlPage page) {
      return current.use(extractor -> extractor.extract(page));
    }
  }
}
