package dev.touchstone.apiclient.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

  private ScriptedTransport.Script script = request -> page(request, "[]", null);
  private final ScriptedTransport transport =
      new ScriptedTransport(request -> script.answer(request));
  private final ApiClient client =
      ApiClient.builder("https://api.test").transport(transport).build();

  @Nested
  class ByLink {

    private final Pages<Integer> pages =
        client.pages(ApiRequest.get("items").query("size", 2).as(new TypeRef<List<Integer>>() {}));

    @Test
    void areFollowedToTheLast() {
      script = request -> switch (request.url().encodedPath()) {
        case "/items" -> page(request, "[1,2]", "/more?page=2");
        case "/more" -> page(request, "[]", "last");
        default -> page(request, "[3]", null);
      };

      assertThat(pages).containsExactly(1, 2, 3);
      assertThat(transport.requests())
          .extracting(request -> request.url().toString())
          .containsExactly(
              "https://api.test/items?size=2",
              "https://api.test/more?page=2",
              "https://api.test/last");
    }

    @Test
    void keepTheirPathWhenALinkIsAQueryOnly() {
      script = request ->
          request.url().querySize() == 1 && "2".equals(request.url().queryParameter("page"))
              ? page(request, "[2]", null)
              : page(request, "[1]", "?page=2");

      assertThat(pages).containsExactly(1, 2);
      assertThat(transport.requests().getLast().url()).hasToString("https://api.test/items?page=2");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"mailto:ada@api.test", "ftp://api.test/2", "https://", "ftp://api.test/2?key=k"})
    void thatAreNoWebPagesAreAnError(String target) {
      script = request -> page(request, "[1]", target);

      assertThatThrownBy(() -> pages.forEach(item -> {}))
          .isInstanceOf(PagingException.class)
          .hasMessage("the next page must be an http or https URL, or a reference relative to one"
              + " of https://api.test:443, but is " + target.replace("?key=k", ""));
    }

    @Test
    void mayBeObjectsThatHoldAList() {
      script = request -> request.url().encodedPath().equals("/last")
          ? page(request, "{\"tags\":[2]}", null)
          : page(request, "{\"tags\":[1]}", "/last");
      Paginator<Map<String, List<Integer>>, Integer> tags =
          Paginator.linkHeader(page -> page.getOrDefault("tags", List.of()));

      assertThat(client.pages(ApiRequest.get("tags").as(new TypeRef<>() {}), tags))
          .containsExactly(1, 2);
    }

    @Test
    void areFetchedWhenTheyAreNeeded() {
      script = request -> page(request, "[1,2]", "/p" + transport.requests().size());

      assertThat(pages.stream().limit(3)).containsExactly(1, 2, 1);
      assertThat(transport.requests()).hasSize(2);
    }

    @Test
    void startAgainWithEachIteration() {
      script = request -> page(request, "[1]", null);

      assertThat(pages).containsExactly(1);
      assertThat(pages).containsExactly(1);
      assertThat(transport.requests()).hasSize(2);
    }

    @Test
    void canBeLimited() {
      script = request -> page(request, "[1]", "/p" + transport.requests().size());

      assertThat(pages.limitPages(3)).hasSize(3);
      assertThat(transport.requests()).hasSize(3);
    }

    @Test
    void thatRunInCirclesAreAnError() {
      script = request -> page(request, "[1]", "/items?size=2");

      assertThatThrownBy(() -> pages.forEach(item -> {}))
          .isInstanceOf(PagingException.class)
          .hasMessage("the pages run in circles after 1");
    }

    @Test
    void thatNeverEndAreAnError() {
      var count = new AtomicInteger(); // the transport would copy all requests for their number
      script = request -> page(request, "[]", "/p" + count.incrementAndGet());

      assertThatThrownBy(() -> pages.forEach(item -> {}))
          .isInstanceOf(PagingException.class)
          .hasMessage("more than 10000 pages; use limitPages if there are so many");
    }

    @Test
    void thatLeadAwayAreAnError() {
      script = request -> page(request, "[1]", "http://api.test/p2");

      assertThatThrownBy(() -> pages.forEach(item -> {}))
          .isInstanceOf(PagingException.class)
          .hasMessage("the next page must have the origin of the page before it,"
              + " https://api.test:443, but has http://api.test:80");
    }

    @Test
    void haveAnEnd() {
      var items = pages.iterator();

      assertThatThrownBy(items::next)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("there are no more items");
    }
  }

  @Test
  void byCursorSendTheCursorOfThePageBefore() {
    script = request -> request.url().queryParameter("after") == null
        ? page(request, "{\"items\":[1],\"next\":\"a&b\"}", null)
        : page(request, "{\"items\":[2],\"next\":\"\"}", null);
    var first = ApiRequest.get("items").as(new TypeRef<Map<String, Object>>() {});

    var pages = client.pages(
        first,
        Paginator.cursor(
            page -> List.of(page.get("items")),
            page -> Optional.of(page.get("next").toString()),
            "after"));

    assertThat(pages).containsExactly(List.of(1), List.of(2));
    assertThat(transport.requests().getLast().url().encodedQuery()).isEqualTo("after=a%26b");
  }

  @Test
  void ofAPostMayNameThePageInItsBody() {
    script = request -> page(request, "[" + transport.requests().size() + "]", null);
    var first = ApiRequest.post("search").json(1).as(new TypeRef<List<Integer>>() {});

    var pages = client.pages(first, new Searched());

    assertThat(pages).containsExactly(1, 2, 3);
    assertThat(pages.limitPages(2)).hasSize(2);
  }

  /** Three pages, asked for by a number in the body. */
  private static final class Searched implements Paginator<List<Integer>, Integer> {

    @Override
    public List<Integer> items(ApiResponse<List<Integer>> page) {
      return page.body();
    }

    @Override
    public Optional<ApiRequest<List<Integer>>> next(
        ApiResponse<List<Integer>> page, ApiRequest<List<Integer>> current) {
      var number = page.body().getFirst();
      return number % 3 == 0
          ? Optional.empty()
          : Optional.of(current.toBuilder().json(number + 1).as(new TypeRef<>() {}));
    }
  }

  @Nested
  class ByNumber {

    private final ApiRequest.Builder first = ApiRequest.get("items");

    @Test
    void areCountedUntilOneIsEmpty() {
      script = request -> switch (request.url().encodedQuery() == null
          ? ""
          : request.url().encodedQuery()) {
        case "" -> page(request, "[1,2]", null);
        case "page=2" -> page(request, "[3]", null);
        default -> page(request, "[]", null);
      };

      assertThat(numbered(first)).containsExactly(1, 2, 3);
      assertThat(transport.requests()).hasSize(3);
    }

    @Test
    void areCountedFromTheNumberOfTheFirst() {
      script = request -> page(request, transport.requests().size() < 3 ? "[1]" : "[]", null);

      assertThat(numbered(first.query("page", 0).query("size", 1))).hasSize(2);
      assertThat(transport.requests().getLast().url().encodedQuery()).isEqualTo("size=1&page=2");
    }

    @Test
    void areCountedFromTheNumberInTheTemplate() {
      script = request -> page(request, transport.requests().size() < 3 ? "[1]" : "[]", null);

      assertThat(numbered(ApiRequest.get("items?page=4&size=1"))).hasSize(2);
      assertThat(transport.requests().getLast().url().encodedQuery()).isEqualTo("size=1&page=6");
    }

    @Test
    void areCountedFromANumber() {
      script = request -> page(request, "[1]", null);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> numbered(first.query("page", "a")).forEach(item -> {}))
          .withMessage("query parameter page must be the number of the first page, was a");
    }

    private Pages<Integer> numbered(ApiRequest.Builder first) {
      return client.pages(
          first.as(new TypeRef<List<Integer>>() {}), Paginator.pageNumber(page -> page, "page"));
    }
  }

  @Test
  void theirLimitIsPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client
            .pages(ApiRequest.get("a").as(new TypeRef<List<Integer>>() {}))
            .limitPages(0))
        .withMessage("limitPages must be at least 1, was 0");
  }

  private static Response page(Request request, String body, String next) {
    var response = ScriptedTransport.json(request, 200, body);
    return next == null
        ? response
        : response.newBuilder().header("Link", "<" + next + ">; rel=next").build();
  }
}
