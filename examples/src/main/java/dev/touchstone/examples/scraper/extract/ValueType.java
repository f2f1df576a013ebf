package dev.touchstone.examples.scraper.extract;

import dev.touchstone.examples.scraper.address.Addresses;
import java.math.BigDecimal;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** What the text of a value is turned into. */
enum ValueType {
  /** The text itself, with white space collapsed. */
  TEXT("a text") {
    @Override
    Optional<Object> convert(String text, Place place) {
      return Optional.of(text.strip().replaceAll("\\s+", " "))
          .filter(t -> !t.isEmpty())
          .map(t -> t);
    }
  },
  /** A whole number, also one among other words. */
  INT("a whole number") {
    @Override
    Optional<Object> convert(String text, Place place) {
      return Numbers.find(text).flatMap(Numbers::whole);
    }
  },
  /** A number, also one among other words, such as a price. */
  DECIMAL("a number") {
    @Override
    Optional<Object> convert(String text, Place place) {
      return Numbers.find(text).map(BigDecimal.class::cast);
    }
  },
  /** A date, or a date with a time. */
  DATE("a date such as 2026-11-26, 26 November 2026 or one in the 'format' of the field") {
    @Override
    Optional<Object> convert(String text, Place place) {
      return Dates.find(text);
    }

    @Override
    String textOf(Element element) {
      return element.hasAttr("datetime") ? element.attr("datetime") : super.textOf(element);
    }
  },
  /** A web address, made absolute. */
  URL("a web address") {
    @Override
    Optional<Object> convert(String text, Place place) {
      return Addresses.resolve(place.page().base(), text).map(Object::toString);
    }

    @Override
    String textOf(Element element) {
      for (var attribute : new String[] {"href", "src"}) {
        if (element.hasAttr(attribute)) {
          return element.attr(attribute);
        }
      }
      return super.textOf(element);
    }
  };

  private final String expected;

  ValueType(String expected) {
    this.expected = expected;
  }

  /** Returns the value that a text stands for; empty if it stands for none. */
  abstract Optional<Object> convert(String text, Place place);

  /** Returns the text of an element, where no attribute is asked for. */
  String textOf(Element element) {
    return element.normalName().equals("meta") ? element.attr("content") : element.text();
  }

  /** Says what is expected, for a message. */
  String expected() {
    return expected;
  }
}
