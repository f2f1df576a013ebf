package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.fetch.Reach;
import java.net.URI;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The address that a command asks a server for, without a crawl. */
final class AskedAddress {

  @Parameters(paramLabel = "URL", converter = WebAddress.class, description = "The address.")
  private URI url;

  @Option(
      names = "--allow-private",
      description = "Allow addresses of this machine and of private networks.")
  private boolean allowPrivate;

  URI url() {
    return url;
  }

  Reach reach() {
    return allowPrivate ? Reach.ANYWHERE : Reach.PUBLIC;
  }
}
