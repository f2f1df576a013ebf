package dev.touchstone.examples.scraper.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds out how the text of a page is encoded. The first of these that says something decides: a byte
 * order mark, the server, the page itself, a detector that looks at the bytes; if none does, it is
 * windows-1252.
 *
 * <p><b>Source:</b> the order is that of the HTML standard, section 13.2.3.2, and so are the labels.
 */
public final class PageCharset {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** The standard wants a page to say it within 1,024 bytes; not all know that. */
  private static final int META_WITHIN = 8 << 10;

  private static final int DETECT_WITHIN = 64 << 10;

  private static final Pattern META = Pattern.compile(
      "<meta\\s[^>]*?charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)", Pattern.CASE_INSENSITIVE);

  private PageCharset() {}

  /**
   * Returns the encoding of a page.
   *
   * @param content its bytes
   * @param header what the server called it; a name that nobody knows counts as none
   */
  public static Charset of(byte[] content, Optional<String> header) {
    return byteOrderMark(content)
        .or(() -> header.flatMap(PageCharset::named))
        .or(() -> meta(content))
        .or(() -> detected(content))
        .orElse(WINDOWS_1252);
  }

  private static Optional<Charset> byteOrderMark(byte[] content) {
    if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(UTF_8);
    }
    if (startsWith(content, 0xFE, 0xFF)) {
      return Optional.of(UTF_16BE);
    }
    return startsWith(content, 0xFF, 0xFE) ? Optional.of(UTF_16LE) : Optional.empty();
  }

  private static boolean startsWith(byte[] content, int... mark) {
    for (var i = 0; i < mark.length; i++) {
      if (i >= content.length || (content[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Charset> meta(byte[] content) {
    var head = new String(content, 0, Math.min(content.length, META_WITHIN), ISO_8859_1);
    var found = META.matcher(head);
    return found.find() ? named(found.group(1)).map(PageCharset::asMeta) : Optional.empty();
  }

  /* Whoever could read the meta element as ASCII was not reading UTF-16. */
  private static Charset asMeta(Charset named) {
    return named.name().startsWith("UTF-16") ? UTF_8 : named;
  }

  private static Optional<Charset> detected(byte[] content) {
    var detector = new UniversalDetector();
    detector.handleData(content, 0, Math.min(content.length, DETECT_WITHIN));
    detector.dataEnd();
    return Optional.ofNullable(detector.getDetectedCharset()).flatMap(PageCharset::named);
  }

  private static Optional<Charset> named(String label) {
    try {
      return Optional.of(
          switch (label.toLowerCase(Locale.ROOT)) {
            case "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii" -> WINDOWS_1252;
            case "gb2312", "gbk" -> Charset.forName("GB18030");
            case "shift_jis", "sjis" -> Charset.forName("windows-31j");
            default -> Charset.forName(label);
          });
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
