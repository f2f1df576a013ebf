package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SequencedCollection;

/**
 * Writes one line of comma-separated values for each record, in UTF-8, below a line with their names.
 *
 * <p><b>Source:</b> RFC 4180.
 */
public final class CsvLines implements Sink {

  private final OutputFiles.Output file;
  private final Records records;
  private final List<String> columns;

  /**
   * Creates a sink that appends to a file, which begins with the names if it is empty.
   *
   * @param columns the names of the values, in their order
   */
  public CsvLines(OutputFiles.Output file, Records records, SequencedCollection<String> columns) {
    this.file = requireNonNull(file, "file");
    this.records = requireNonNull(records, "records");
    this.columns = List.copyOf(columns);
    if (file.length() == 0) {
      file.append(Csv.line(this.columns));
    }
  }

  @Override
  public void write(Finding finding) {
    for (var record : records.of(finding)) {
      file.append(Csv.line(columns.stream().map(record::get).toList()));
    }
  }
}
