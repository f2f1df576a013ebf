package dev.touchstone.examples.scraper.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.scraper.page.HtmlPage;
import dev.touchstone.examples.scraper.page.PageParser;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.examples.yaml.YamlFile;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractorTest {

  private static final URI PAGE = URI.create("http://books.example/catalogue/1.html");
  private static final String HTML = """
      <title>Sapiens | Books</title>
      <meta property="og:image" content="/img/1.jpg">
      <script type="application/ld+json">
        {"@graph": [{"@type": ["Book", "Product"], "isbn": "978-0099590088",
                     "offers": [{"price": "51.77", "priceCurrency": "GBP"}]}]}
      </script>
      <article class="product" id="p1">
        <h1> Sapiens:
          A Brief History </h1>
        <p class="price">&pound;51.77</p> <p class="stock">In stock (1,022 available)</p>
        <time datetime="2011-09-04">last autumn</time> <span class="seen">3.12.2025</span>
        <a class="tag" href="/tag/history">history</a> <a class="tag" href="/tag/science">science</a>
        <div class="author"><b>Yuval Noah Harari</b><a href="../authors/7">more</a></div>
        <a class="next" href="2.html">next</a> <a href="/about">about</a>
      </article>
      <script>var sku = "AB-123";</script>
      """;

  private static Extractor extractor(String yaml) {
    var file = YamlFile.parse("shop.yaml", yaml).mapping("items", "follow");
    return ExtractorReader.read(
        file.find("items"),
        file.find("follow").map(f -> f.items()).orElse(List.of()),
        ItemExtractors.none());
  }

  private static Harvest harvest(String yaml) {
    return extractor(yaml).harvest(PageParser.parse(HTML.getBytes(UTF_8), Optional.empty(), PAGE));
  }

  private static Harvest harvestField(String field) {
    return harvest("items: {book: {fields: {f: " + field + "}}}");
  }

  private static Object field(String field) {
    var harvest = harvestField(field);
    assertThat(harvest.problems()).isEmpty();
    return harvest.items().getFirst().values().get("f");
  }

  /** A plugin for another version of this program finds classes missing. */
  @Test
  void goesOnAfterAPluginFails() {
    var plugin = new ItemExtractor() {

      @Override
      public String name() {
        return "old";
      }

      @Override
      public List<String> fields() {
        return List.of("f");
      }

      @Override
      public List<Map<String, @Nullable Object>> extract(HtmlPage page) {
        throw new NoClassDefFoundError("gone");
      }
    };
    var extractor = new Extractor(List.of(), Map.of("book", plugin), List.of());

    var harvest = extractor.harvest(PageParser.parse(HTML.getBytes(UTF_8), Optional.empty(), PAGE));

    assertThat(harvest.targets()).isNotEmpty();
    assertThat(harvest.problems())
        .containsExactly(
            new Problem("book", "the plugin old failed: java.lang.NoClassDefFoundError: gone"));
  }

  @Nested
  class Fields {

    @Test
    void comeFromCssXpathRegexMetaAndJsonLd() {
      assertThat(field("'css: h1'")).isEqualTo("Sapiens: A Brief History");
      assertThat(field("{css: article, attr: id}")).isEqualTo("p1");
      assertThat(field("{xpath: '//article/h1'}")).isEqualTo("Sapiens: A Brief History");
      assertThat(field("{regex: 'sku = \"(.*?)\"'}")).isEqualTo("AB-123");
      assertThat(field("{meta: 'og:image'}")).isEqualTo("/img/1.jpg");
      assertThat(field("{json-ld: Book.isbn}")).isEqualTo("978-0099590088");
      assertThat(field("{json-ld: Product.offers.price, type: decimal}"))
          .isEqualTo(new BigDecimal("51.77"));
    }

    @Test
    void haveTypes() {
      assertThat(field("{css: .price, type: decimal}")).isEqualTo(new BigDecimal("51.77"));
      assertThat(field("{css: .stock, type: int}")).isEqualTo(1_022L);
      assertThat(field("{css: time, type: date}")).isEqualTo("2011-09-04");
      assertThat(field("{css: .seen, type: date, format: d.M.uuuu}")).isEqualTo("2025-12-03");
      assertThat(field("{css: .next, type: url}"))
          .isEqualTo("http://books.example/catalogue/2.html");
      assertThat(field("{meta: 'og:image', type: url}"))
          .isEqualTo("http://books.example/img/1.jpg");
    }

    @Test
    void mayBeAPartOfTheText() {
      assertThat(field("{css: .stock, match: '\\((.*) available'}")).isEqualTo("1,022");
    }

    @Test
    void mayBeListsAndObjects() {
      assertThat(field("{list: 'css: .tag'}")).isEqualTo(List.of("history", "science"));
      assertThat(field("{list: {css: .nothing}}")).isEqualTo(List.of());
      assertThat(field("{css: .author, object: {name: 'css: b', page: {css: a, type: url}}}"))
          .isEqualTo(Map.of("name", "Yuval Noah Harari", "page", "http://books.example/authors/7"));
      assertThat(field("{list: {css: .tag, object: {to: {css: a, type: url}}}}"))
          .isEqualTo(List.of(
              Map.of("to", "http://books.example/tag/history"),
              Map.of("to", "http://books.example/tag/science")));
    }

    @Test
    void haveTheirDefaultWhereThePageHasNone() {
      assertThat(field("{css: .nothing, default: none}")).isEqualTo("none");
      assertThat(field("'css: .nothing'")).isNull();
    }

    @Test
    void areReportedWhereTheyAreNotWhatTheyShouldBe() {
      var harvest = harvestField("{css: h1, type: int}");

      assertThat(harvest.items())
          .singleElement()
          .satisfies(item -> assertThat(item.values()).containsEntry("f", null));
      assertThat(harvest.problems())
          .containsExactly(
              new Problem("book.f", "expected a whole number, found 'Sapiens: A Brief History'"));
    }

    @Test
    void makeNoItemWhereARequiredOneIsMissing() {
      var harvest = harvestField("{css: .nothing, required: true}");

      assertThat(harvest.items()).isEmpty();
      assertThat(harvest.problems())
          .containsExactly(new Problem("book.f", "it is required, and not there"));
    }

    @Test
    void areReportedWhereAnExpressionSelectsNoElements() {
      assertThat(harvestField("{xpath: 'count(//a)'}").problems()).hasSize(1);
    }
  }

  @Nested
  class Items {

    @Test
    void areTakenFromPagesThatHaveWhatTheyAskFor() {
      var harvest = harvest("""
          items:
            book: {when: 'css: article.product', fields: {title: {css: h1}}}
            film: {when: 'css: article.film', fields: {title: {css: h1}}}
          """);

      assertThat(harvest.items())
          .containsExactly(new Item("book", Map.of("title", "Sapiens: A Brief History")));
    }

    @Test
    void areOneForEachElement() {
      var harvest =
          harvest("items: {tag: {each: .tag, fields: {name: {css: a}, to: {css: a, type: url}}}}");

      assertThat(harvest.items())
          .extracting(item -> item.values().get("name"))
          .containsExactly("history", "science");
    }
  }

  @Nested
  class Links {

    @Test
    void areAllFollowedWithoutARule() {
      assertThat(harvest("follow: []").targets()).hasSize(5);
    }

    @Test
    void areThoseOfTheRulesWithTheHighestPriority() {
      var harvest = harvest(
          "follow: [{css: a.next, priority: 10}, {pattern: '2\\.html$|/tag/', priority: -1}]");

      assertThat(harvest.targets())
          .containsExactly(
              new Target(URI.create("http://books.example/catalogue/2.html"), 10),
              new Target(URI.create("http://books.example/tag/history"), -1),
              new Target(URI.create("http://books.example/tag/science"), -1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{cs: h1} | 1:33: 'cs' is not known here; did you mean 'css'?",
        "'cssy: h1' | 1:32: 'cssy' is not known here; did you mean 'css'?",
        "h1 | 1:32: expected a source such as 'css: h1', found 'h1'",
        "{css: 'h1[', type: int} | 1:38: expected a CSS selector (",
        "{xpath: '//['} | 1:40: expected an XPath expression that selects elements (",
        "{regex: '(?=a)'} | 1:40: expected a regular expression in the syntax of RE2 (",
        "{css: h1, type: itn} | 1:48: expected one of text, int, decimal, date, url, found 'itn';"
            + " did you mean int?",
        "{css: h1, xpath: //h1} | 1:32: expected one of css, xpath, regex, meta, json-ld, found"
            + " css and xpath",
        "{type: int} | 1:32: expected one of css, xpath, regex, meta, json-ld, found none",
        "{css: h1, required: true, default: x} | 1:67: a required field needs no default; remove"
            + " one of the two",
        "{css: h1, format: d.M.uuuu} | 1:50: only a field with 'type: date' has a format",
        "{css: h1, type: date, format: bb} | 1:62: expected a pattern such as d.M.uuuu (",
        "{list: 'css: a', type: int} | 1:55: 'type' does not go with 'list'; remove it, or move it"
            + " into the list",
        "{meta: x, attr: y} | 1:48: only css and xpath select elements, which have attributes",
      })
  void saysWhatIsWrongAndWhere(String field, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> extractor("items: {book: {fields: {title: " + field + "}}}"))
        .withMessageStartingWith("shop.yaml:" + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "Item", "page", "TITLE"})
  void refusesNamesThatWouldMakeTwoColumnsOfOneName(String name) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() ->
            extractor("items: {book: {fields: {title: 'css: h1', %s: 'css: h2'}}}".formatted(name)))
        .withMessageEndingWith("the name '" + name + "' is taken; choose another one");
  }

  @Nested
  class Numerals {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "1.234,56 EUR | 1234.56",
          "$1,234.50 | 1234.50",
          "1,234 | 1234",
          "3,5 | 3.5",
          "12.345.678 | 12345678",
          "1'234.5 | 1234.5",
          "-7 | -7",
          "\u22127 | -7",
          "0.999 | 0.999",
        })
    void areReadWhateverSeparatesThem(String text, BigDecimal number) {
      assertThat(Numbers.find(text)).contains(number);
    }

    @Test
    void areNotFoundWhereThereAreNone() {
      assertThat(Numbers.find("none at all")).isEmpty();
      assertThat(Numbers.find("1 234".repeat(1_000))).isEmpty(); // or what a page of digits takes
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-26 | 2026-11-26",
        "26 November 2026 | 2026-11-26",
        "nov 3, 2026 | 2026-11-03",
        "2026-11-26T10:15:00+01:00 | 2026-11-26T10:15+01:00",
        "Thu, 26 Nov 2026 10:15:00 GMT | 2026-11-26T10:15Z",
      })
  void readsCommonDates(String text, String date) {
    assertThat(Dates.find(text)).contains(date);
  }
}
