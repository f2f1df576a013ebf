package dev.touchstone.examples.basics;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.paging.Paginator;
import dev.touchstone.apiclient.paging.PagingException;
import dev.touchstone.examples.basics.LoopbackServer.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list that comes in pages is an {@code Iterable}: a page is fetched when the loop gets to it. How
 * one gets to the next page is a strategy.
 */
final class Pagination {

  private Pagination() {}

  /** A page that names a cursor for the next. */
  record Page(List<String> items, Optional<String> next) {}

  static void run(PrintWriter out) throws IOException {
    try (var server = new LoopbackServer(Pagination::answer);
        var api = ApiClient.builder(server.url()).build()) {

      var linked = api.pages(ApiRequest.get("linked").as(new TypeRef<List<String>>() {}));
      out.println("by Link header: " + linked.stream().toList());

      var first = ApiRequest.get("cursor").as(Page.class);
      var cursor = api.pages(first, Paginator.cursor(Page::items, Page::next, "after"));
      out.println("by cursor:      " + cursor.stream().toList());

      var before = server.requests();
      var one = linked.stream().findFirst().orElseThrow();
      out.println("only " + one + ", only " + (server.requests() - before) + " page");

      try {
        api.pages(ApiRequest.get("circle").as(new TypeRef<List<String>>() {})).forEach(item -> {});
      } catch (PagingException circle) {
        out.println(circle.getMessage());
      }
    }
  }

  private static Answer answer(LoopbackServer.Request request) {
    return switch (request.target()) {
      case "/linked" -> linked("[\"agate\",\"jade\"]", "/linked?page=2");
      case "/linked?page=2" -> Answer.of(200, "[\"topaz\"]");
      case "/cursor" -> Answer.of(200, "{\"items\":[\"agate\",\"jade\"],\"next\":\"jade\"}");
      case "/cursor?after=jade" -> Answer.of(200, "{\"items\":[\"topaz\"]}");
      default -> linked("[]", "/circle");
    };
  }

  private static Answer linked(String items, String next) {
    return new Answer(200, items, Map.of("Link", "<" + next + ">; rel=\"next\""));
  }
}
