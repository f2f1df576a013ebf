package dev.touchstone.apiclient.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.apiclient.paging.LinkHeader.Link;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</a>; rel=next",
        "</a>;rel=\"next\"",
        "  < /a > ; REL = \"NEXT\" ",
        "</a>; title=\"a, b; c\"; rel=next",
        "</a>; title=\"\\\"<x>\\\"\"; rel=next",
        "</a>; rel=next; rel=prev",
        "</a>; flag; rel=next",
        "garbage, </a>; rel=next",
        "\"<b>; rel=next\", </a>; rel=next",
        "</x>; anchor=\"#part\"; rel=next, </a>; rel=next",
        "</x>, </a>; rel=next"
      })
  void findsTheOneLinkThatCounts(String field) {
    assertThat(LinkHeader.parse(List.of(field))).containsExactly(new Link("/a", List.of("next")));
  }

  @Test
  void keepsCommasAndSemicolonsOfTheTarget() {
    assertThat(LinkHeader.parse(List.of("</a,b;c?d=e,f>; rel=next")))
        .containsExactly(new Link("/a,b;c?d=e,f", List.of("next")));
  }

  @Test
  void readsSeveralRelationsLinksAndFields() {
    var fields = List.of("</a>; rel=\"first  Next\", </b>; rel=last", "</c>; rel=prev");

    assertThat(LinkHeader.parse(fields))
        .containsExactly(
            new Link("/a", List.of("first", "next")),
            new Link("/b", List.of("last")),
            new Link("/c", List.of("prev")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<", "<a", "a>; rel=next", "<a>", "<a>; rel", "<a>; title=next", ";,;"})
  void skipsWhatIsMalformed(String field) {
    assertThat(LinkHeader.parse(List.of(field))).noneMatch(link -> link.hasRelation("next"));
  }

  @Test
  void neverThrowsAndAlwaysEndsOnGarbage() {
    var random = new Random(5);
    var alphabet = "<>;,=\" \\relnxta/";
    for (var round = 0; round < 20_000; round++) {
      var value = new StringBuilder();
      for (var length = random.nextInt(120); length > 0; length--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThatCode(() -> LinkHeader.parse(List.of(value.toString())))
          .as("value %s", value)
          .doesNotThrowAnyException();
    }
  }
}
