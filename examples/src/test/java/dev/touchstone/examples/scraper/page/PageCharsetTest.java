package dev.touchstone.examples.scraper.page;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each rung of the ladder is asked only where those above it say nothing. */
class PageCharsetTest {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> KOI8 = Optional.of("koi8-r");

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aByteOrderMarkDecides() {
    assertThat(PageCharset.of(bytes("\uFEFF<meta charset=koi8-r>"), KOI8)).isEqualTo(UTF_8);
    assertThat(PageCharset.of("\uFEFFx".getBytes(UTF_16LE), KOI8)).isEqualTo(UTF_16LE);
  }

  @Test
  void elseTheServer() {
    assertThat(PageCharset.of(bytes("<meta charset=utf-8>"), KOI8))
        .isEqualTo(Charset.forName("KOI8-R"));
  }

  @Test
  void elseThePage() {
    var html = "<meta http-equiv='content-type' content='text/html; charset=koi8-r'>";

    assertThat(PageCharset.of(bytes(html), NONE)).isEqualTo(Charset.forName("KOI8-R"));
    assertThat(PageCharset.of(bytes(html), Optional.of("no-such")))
        .isEqualTo(Charset.forName("KOI8-R"));
    assertThat(PageCharset.of(bytes("<meta charset=utf-16>"), NONE)).isEqualTo(UTF_8);
    assertThat(PageCharset.of(bytes("<meta charset='ISO-8859-1'>"), NONE)).isEqualTo(WINDOWS_1252);
  }

  @Test
  @Timeout(20)
  void isFoundInLinearTimeHoweverMaliciousAPageIs() {
    var html = "<meta ".repeat(700) + "charset=" + " ".repeat(3_900) + ">";

    assertThat(PageCharset.of(bytes(html), NONE)).isEqualTo(WINDOWS_1252);
  }

  @Test
  void elseTheBytes() {
    assertThat(PageCharset.of(bytes("Größe, größer, am größten: größte Straße"), NONE))
        .isEqualTo(UTF_8);
  }

  @Test
  void elseItIsWhatMostPagesWithoutAWordAre() {
    assertThat(PageCharset.of(new byte[0], NONE)).isEqualTo(WINDOWS_1252);
  }
}
