package dev.touchstone.plugins.markdown;

import static java.util.stream.Collectors.joining;

import dev.touchstone.examples.scraper.sink.Finding;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.OutputFormat;
import dev.touchstone.examples.scraper.sink.Records;
import java.util.Collection;
import java.util.Collections;

/** Writes a table with a line for each address of a crawl. */
public final class MarkdownFormat implements OutputFormat {

  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public void write(Finding finding, OutputFiles.Output file) {
    var columns = Records.pageColumns();
    if (file.length() == 0) {
      file.append(line(columns) + line(Collections.nCopies(columns.size(), "---")));
    }
    for (var record : Records.ofPages().of(finding)) {
      file.append(line(columns.stream()
          .map(column -> record.get(column) == null ? "" : String.valueOf(record.get(column)))
          .toList()));
    }
  }

  private static String line(Collection<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\R", " "))
        .collect(joining(" | ", "| ", " |\n"));
  }
}
