package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

  private static Element parse(Html html) {
    return Jsoup.parseBodyFragment(html.markup()).body();
  }

  @Nested
  class HostileText {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<script>alert(1)</script>",
          "</td></tr></table><img src=x onerror=alert(1)>",
          "\"><svg onload=alert(1)>",
          "' onmouseover='alert(1)",
          "<!--",
          "-->",
          "]]>",
          "<![CDATA[",
          "&lt;script&gt;",
          "&#60;b&#62;",
          "&amp",
          "a & b < c > d",
          "\u2028<\u2029",
          "\ufeff<b>",
          "💎 <b>"
        })
    void isTextInAnElementAndInAnAttribute(String hostile) {
      var page = parse(tag("p", tag("b", hostile).with("title", hostile)));

      assertThat(page.select("*")).hasSize(3); // the body, p and b
      assertThat(page.selectFirst("b").wholeText()).isEqualTo(hostile);
      assertThat(page.selectFirst("b").attr("title")).isEqualTo(hostile);
      assertThat(page.selectFirst("b").attributesSize()).isEqualTo(1);
    }

    @Test
    void isTextWhateverItsCharacters() {
      var random = new Random(7);
      var characters = "<>\"'&;#/=!-x o`\\\n";
      for (var i = 0; i < 2_000; i++) {
        var hostile = random
            .ints(1 + random.nextInt(30), 0, characters.length())
            .collect(
                StringBuilder::new,
                (text, at) -> text.append(characters.charAt(at)),
                StringBuilder::append)
            .toString();

        var page = parse(tag("i", hostile).with("title", hostile));

        assertThat(page.select("*")).as(hostile).hasSize(2);
        assertThat(page.selectFirst("i").wholeText()).isEqualTo(hostile);
        assertThat(page.selectFirst("i").attr("title")).isEqualTo(hostile);
      }
    }

    @Test
    void losesCharactersThatNoPageMayHold() {
      assertThat(tag("p", "a\0b\u001bc\ud83dd\udc8ee💎").markup())
          .isEqualTo("<p>a\ufffdb\ufffdc\ufffdd\ufffde💎</p>");
    }
  }

  @Nested
  class Addresses {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
              "\tjavascript:alert(1)",
          "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
              "//evil.example/",
          "/\\evil.example/", "file:///etc/passwd", "HTTP://x", ""
        })
    void thatMayRunAProgramAreLeftOut(String hostile) {
      assertThat(link(hostile, "x").markup()).isEqualTo("<a>x</a>");
      assertThat(tag("form").with("action", hostile).markup()).isEqualTo("<form></form>");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/", "/a?b=c", "?page=2", "#main", "http://a.example/", "https://a.example/x"})
    void thatLeadToPagesAreKept(String address) {
      assertThat(link(address, "x").markup()).isEqualTo("<a href=\"" + address + "\">x</a>");
    }
  }

  @Nested
  class Names {

    @ParameterizedTest
    @ValueSource(
        strings = {"script", "style", "iframe", "base", "meta", "link", "b onclick", "B", "", "a>"})
    void ofElementsThatRunProgramsAreRefused(String name) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tag(name))
          .withMessage(
              "name must be that of an element that cannot run a program, was '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "ONclick", "style", "srcdoc", "a b", "a=\"", ""})
    void ofAttributesThatHoldProgramsAreRefused(String name) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tag("a").with(name, "x"))
          .withMessage(
              "attribute must be the name of one that cannot run a program, was '" + name + "'");
    }
  }

  @Test
  void elementsWithoutContentTakeNone() {
    assertThat(tag("br").markup()).isEqualTo("<br>");
    assertThatIllegalStateException()
        .isThrownBy(() -> tag("br").add("x"))
        .withMessage("an element 'br' can have no content");
  }
}
