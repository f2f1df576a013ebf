package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.scraper.sink.CsvLines;
import dev.touchstone.examples.scraper.sink.ItemTables;
import dev.touchstone.examples.scraper.sink.JsonLines;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Records;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.WarcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/** Something that a crawl writes. */
public sealed interface Out {

  /** The word for a record of each address, in the place of the name of an item. */
  String PAGES = "pages";

  /** The word for all items, in the place of the name of one. */
  String ITEMS = "items";

  /** Returns the names of the files that this writes. */
  List<String> files();

  /**
   * Opens the files and makes what writes to them.
   *
   * @param extractor what the records come from
   * @param software what an archive says it was made by
   */
  Sink open(OutputFiles files, Extractor extractor, String software);

  /**
   * Lines of JSON.
   *
   * @param file the name
   * @param of {@link #PAGES}, {@link #ITEMS} or the name of an item
   */
  record Jsonl(String file, String of) implements Out {

    @Override
    public List<String> files() {
      return List.of(file);
    }

    @Override
    public Sink open(OutputFiles files, Extractor extractor, String software) {
      return new JsonLines(files.open(file), records());
    }

    private Records records() {
      return switch (of) {
        case PAGES -> Records.ofPages();
        case ITEMS -> Records.ofItems();
        default -> Records.ofItems(of);
      };
    }
  }

  /**
   * Comma-separated values.
   *
   * @param file the name
   * @param of {@link #PAGES} or the name of an item
   */
  record Csv(String file, String of) implements Out {

    @Override
    public List<String> files() {
      return List.of(file);
    }

    @Override
    public Sink open(OutputFiles files, Extractor extractor, String software) {
      return of.equals(PAGES)
          ? new CsvLines(files.open(file), Records.ofPages(), Records.pageColumns())
          : new CsvLines(files.open(file), Records.ofItems(of), columns(extractor));
    }

    private SequencedCollection<String> columns(Extractor extractor) {
      var columns = new ArrayList<>(List.of("url"));
      columns.addAll(extractor.kinds().get(of));
      return columns;
    }
  }

  /** Tables for the items in the database of the crawl itself. */
  record Database() implements Out {

    @Override
    public List<String> files() {
      return List.of();
    }

    @Override
    public Sink open(OutputFiles files, Extractor extractor, String software) {
      return new ItemTables(files.tables());
    }
  }

  /**
   * A web archive.
   *
   * @param file the name
   * @param index the name of its index; empty if none is wanted
   */
  record Warc(String file, Optional<String> index) implements Out {

    @Override
    public List<String> files() {
      var files = new ArrayList<>(List.of(file));
      index.ifPresent(files::add);
      return files;
    }

    @Override
    public Sink open(OutputFiles files, Extractor extractor, String software) {
      return new WarcFile(files.open(file), index.map(files::open), software);
    }
  }

  /**
   * A format that a plugin knows.
   *
   * @param file the name
   * @param format the name of the format
   * @param formats who knows it
   */
  record Added(String file, String format, OutputFormats formats) implements Out {

    @Override
    public List<String> files() {
      return List.of(file);
    }

    @Override
    public Sink open(OutputFiles files, Extractor extractor, String software) {
      return formats.open(format, files.open(file));
    }
  }
}
