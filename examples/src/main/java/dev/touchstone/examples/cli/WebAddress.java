package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns an argument into a canonical web address. */
final class WebAddress implements ITypeConverter<URI> {

  @Override
  public URI convert(String text) {
    return Addresses.canonical(text)
        .orElseThrow(() -> new TypeConversionException(
            "it must be an http or https address such as https://example.org/, was '" + text
                + "'"));
  }
}
