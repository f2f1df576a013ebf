package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where an iteration is, and whether it goes on. For one thread at a time. */
final class Route<P, T> {

  /*
   * The same address twice is a circle if the address is all there is to a request. A POST may well
   * name the page in its body: only the number of its pages is bounded.
   */

  private final Paginator<P, T> paginator;
  private final int limit;
  private final Set<URI> visited = new HashSet<>();
  private int arrived;
  private Optional<ApiRequest<P>> next;

  Route(ApiRequest<P> first, Paginator<P, T> paginator, int limit) {
    this.paginator = paginator;
    this.limit = limit;
    next = Optional.of(first);
  }

  /**
   * Returns the request of the next page; empty after the last.
   *
   * @throws PagingException if there are more pages than anybody expects
   */
  Optional<ApiRequest<P>> next() {
    if (next.isEmpty() || arrived >= limit) {
      return Optional.empty();
    }
    if (arrived == Pages.MOST_BY_DEFAULT && limit > Pages.MOST_BY_DEFAULT) {
      throw new PagingException(
          "more than " + Pages.MOST_BY_DEFAULT + " pages; use limitPages if there are so many");
    }
    return next;
  }

  /**
   * Moves on to the page after this one.
   *
   * @throws PagingException if it was here before
   */
  void arrived(ApiResponse<P> page) {
    if (isNamedByItsAddress() && !visited.add(page.uri())) {
      throw new PagingException("the pages run in circles after " + arrived);
    }
    arrived++;
    next = next.flatMap(current -> paginator.next(page, current));
  }

  private boolean isNamedByItsAddress() {
    return next.filter(current -> current.method().equals("GET")).isPresent();
  }
}
