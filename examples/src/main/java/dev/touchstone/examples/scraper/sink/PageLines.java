package dev.touchstone.examples.scraper.sink;

/** Writes one line of JSON for each address. */
public final class PageLines implements Sink {

  private final JsonLines lines;

  /** Creates a sink that appends to a file. */
  public PageLines(OutputFiles.Output file) {
    lines = new JsonLines(file, Records.ofPages());
  }

  @Override
  public void write(Finding finding) {
    lines.write(finding);
  }
}
