package dev.touchstone.examples.scraper.rule;

import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the addresses of one kind have in common: {@code /day/2026-11-26?view=list} has the shape {@code
 * /day/#-#-#?view}. What makes pages without end, as a calendar does, makes addresses of few shapes.
 */
final class Shape {

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern HEX = Pattern.compile("(?i)\\b(?=[a-f]*\\d)[0-9a-f-]{16,}\\b");

  private Shape() {}

  static String of(URI address) {
    var path = HEX.matcher(address.getRawPath()).replaceAll("#");
    var shape = Addresses.origin(address) + NUMBER.matcher(path).replaceAll("#");
    var query = address.getRawQuery();
    return query == null ? shape : shape + "?" + names(query);
  }

  private static String names(String query) {
    return Arrays.stream(query.split("&"))
        .map(parameter -> NUMBER.matcher(parameter.replaceFirst("=.*", "")).replaceAll("#"))
        .sorted()
        .distinct()
        .collect(Collectors.joining("&"));
  }
}
