package dev.touchstone.apiclient.paging;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All that is on the pages of a list, in order.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="pages"}
 *
 * <p>A page is fetched when the iteration gets to it, so an iteration that stops early fetches no
 * more than it needs. Each iteration starts again with the first page. Iterating throws what {@link
 * ApiClient#exchange} throws, and {@link PagingException}.
 *
 * @param <T> the type of what is on the pages
 */
public final class Pages<T> implements Iterable<T> {

  private static final int DEFAULT_MOST = 10_000;

  private final Walk<?, T> walk;
  private final int limit;

  private Pages(Walk<?, T> walk, int limit) {
    this.walk = walk;
    this.limit = limit;
  }

  /**
   * Returns the pages of a list. Nothing is fetched yet.
   *
   * @param client makes the calls
   * @param first the request of the first page
   * @param paginator knows the way from page to page
   */
  public static <P, T> Pages<T> of(
      ApiClient client, ApiRequest<P> first, Paginator<P, T> paginator) {
    var walk = new Walk<>(
        requireNonNull(client, "client"),
        requireNonNull(first, "first"),
        requireNonNull(paginator, "paginator"));
    return new Pages<>(walk, Integer.MAX_VALUE);
  }

  /**
   * Returns these pages up to a number of them. Without this limit, more than 10,000 pages are an
   * error.
   *
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public Pages<T> limitPages(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("limitPages must be at least 1, was " + max);
    }
    return new Pages<>(walk, max);
  }

  @Override
  public Iterator<T> iterator() {
    return walk.start(limit);
  }

  /** Returns the items as a sequential stream, fetched as they are asked for. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** The way through the pages. */
  private record Walk<P, T>(ApiClient client, ApiRequest<P> first, Paginator<P, T> paginator) {

    private Iterator<T> start(int limit) {
      return new Items<>(this, limit);
    }
  }

  /** One iteration. */
  private static final class Items<P, T> implements Iterator<T> {

    private final Walk<P, T> walk;
    private final int limit;
    private final Set<URI> visited = new HashSet<>();
    private Optional<ApiRequest<P>> next;
    private Iterator<T> page = List.<T>of().iterator();

    private Items(Walk<P, T> walk, int limit) {
      this.walk = walk;
      this.limit = limit;
      next = Optional.of(walk.first);
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && next.isPresent() && visited.size() < limit) {
        fetch(next.get());
      }
      return page.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are no more items");
      }
      return page.next();
    }

    private void fetch(ApiRequest<P> request) {
      if (visited.size() == DEFAULT_MOST && limit > DEFAULT_MOST) {
        throw new PagingException(
            "more than " + DEFAULT_MOST + " pages; use limitPages if there are so many");
      }
      var answer = walk.client.exchange(request);
      if (!visited.add(answer.uri())) {
        throw new PagingException("the pages run in circles after " + visited.size());
      }
      page = walk.paginator.items(answer).iterator();
      next = walk.paginator.next(answer, request);
    }
  }
}
