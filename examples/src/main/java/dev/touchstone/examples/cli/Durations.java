package dev.touchstone.examples.cli;

import dev.touchstone.examples.yaml.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads lengths of time from the command line, such as {@code 500ms}, {@code 2s} or {@code 5m}. */
final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> new TypeConversionException(
            "expected " + DurationText.EXPECTED + ", was '" + text + "'"));
  }
}
