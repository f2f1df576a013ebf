package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.scraper.sink.Csv;
import dev.touchstone.examples.scraper.sink.ItemTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the database of a crawl holds. */
@Command(
    name = "export",
    description = {
      "Writes the addresses of a crawl, or the items that it keeps in its database, as CSV or JSON",
      "lines. The crawl may be under way."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlExportCommand implements Callable<Integer> {

  /** What is written. */
  enum Format {
    /** Comma-separated values. */
    CSV,
    /** Lines of JSON. */
    JSONL
  }

  @Parameters(
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Option(
      names = "--item",
      paramLabel = "NAME",
      description = {
        "The kind of item; without it, the addresses.",
        "Items are in the database if the definition has the output 'sqlite: true'."
      })
  private @Nullable String item;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      defaultValue = "csv",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--json", description = "The same as --format jsonl.")
  private boolean json;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where it goes; standard output if not given. An existing file is replaced.")
  private @Nullable Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (var view = CrawlView.open(CrawlHome.database(folder))) {
      if (item != null && !view.tables().contains(ItemTables.PREFIX + item)) {
        throw new CommandFailedException(
            "the database holds no items called '%s'; add the output 'sqlite: true' to the definition"
                .formatted(item));
      }
      if (file == null) {
        write(view, spec.commandLine().getOut());
      } else {
        writeFile(view, file);
      }
      return ExitStatus.OK;
    } catch (FrontierException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void writeFile(CrawlView view, Path target) {
    try (var writer = new PrintWriter(Files.newBufferedWriter(target))) {
      write(view, writer);
      if (writer.checkError()) {
        throw new IOException("the disk may be full");
      }
    } catch (IOException e) {
      throw Failures.cannotWrite(target, e);
    }
  }

  private void write(CrawlView view, PrintWriter out) {
    var rows = new Rows(out, format == Format.JSONL || json ? Format.JSONL : Format.CSV);
    if (item == null) {
      view.forEachAddress(rows::write);
    } else {
      view.forEachRow(ItemTables.PREFIX + item, rows::write);
    }
    out.flush();
  }

  /** Writes one row after the other. */
  private static final class Rows {

    private final PrintWriter out;
    private final Format format;
    private boolean isFirst = true;

    Rows(PrintWriter out, Format format) {
      this.out = out;
      this.format = format;
    }

    void write(Map<String, @Nullable Object> row) {
      if (format == Format.JSONL) {
        out.print(JsonMapper.shared().writeValueAsString(row) + "\n");
        return;
      }
      if (isFirst) {
        out.print(Csv.line(row.keySet()));
        isFirst = false;
      }
      out.print(Csv.line(row.values()));
    }
  }
}
