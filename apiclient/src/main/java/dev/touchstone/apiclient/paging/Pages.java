package dev.touchstone.apiclient.paging;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All that is on the pages of a list, in order.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="pages"}
 *
 * <p>A page is fetched when the iteration gets to it, so an iteration that stops early fetches no
 * more than it needs; {@link #prefetch} trades that for time. Each iteration starts again with the
 * first page. Iterating throws what the client's {@code exchange} throws, and {@link
 * PagingException}.
 *
 * @param <T> the type of what is on the pages
 */
public final class Pages<T> implements Iterable<T> {

  static final int MOST_BY_DEFAULT = 10_000;

  private final Walk<?, T> walk;
  private final int limit;
  private final int ahead;

  private Pages(Walk<?, T> walk, int limit, int ahead) {
    this.walk = walk;
    this.limit = limit;
    this.ahead = ahead;
  }

  /**
   * Returns the pages of a list. Nothing is fetched yet.
   *
   * @param fetch makes a call, on the thread that asks
   * @param fetchAhead makes a call on another thread; cancelling its future ends the call
   * @param first the request of the first page
   * @param paginator knows the way from page to page
   */
  public static <P, T> Pages<T> of(
      Function<ApiRequest<P>, ApiResponse<P>> fetch,
      Function<ApiRequest<P>, CompletableFuture<ApiResponse<P>>> fetchAhead,
      ApiRequest<P> first,
      Paginator<P, T> paginator) {
    var walk = new Walk<>(
        requireNonNull(fetch, "fetch"),
        requireNonNull(fetchAhead, "fetchAhead"),
        requireNonNull(first, "first"),
        requireNonNull(paginator, "paginator"));
    return new Pages<>(walk, Integer.MAX_VALUE, 0);
  }

  /**
   * Returns these pages up to a number of them. Without this limit, more than 10,000 pages are an
   * error.
   *
   * @throws IllegalArgumentException if {@code max} is less than 1
   */
  public Pages<T> limitPages(int max) {
    return new Pages<>(walk, atLeastOne(max, "limitPages"), ahead);
  }

  /**
   * Returns these pages, fetched while those before them are being worked on. The default is none.
   *
   * <p>Pages are fetched one after the other, because each names the next, by the executor of the
   * client; no thread waits for the iteration. An iteration that is given up leaves at most this
   * many pages behind; closing its {@link #stream}, or interrupting its thread while it waits, ends
   * the call that is under way.
   *
   * @param pages how many may wait to be worked on
   * @throws IllegalArgumentException if {@code pages} is less than 1
   */
  public Pages<T> prefetch(int pages) {
    return new Pages<>(walk, limit, atLeastOne(pages, "prefetch"));
  }

  @Override
  public Iterator<T> iterator() {
    return walk.start(limit, ahead);
  }

  /** Returns the items as a sequential stream, fetched as they are asked for. */
  public Stream<T> stream() {
    var items = walk.start(limit, ahead);
    var ordered = Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED);
    return StreamSupport.stream(ordered, false).onClose(items::close);
  }

  private static int atLeastOne(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
    return value;
  }

  /** The way through the pages. */
  record Walk<P, T>(
      Function<ApiRequest<P>, ApiResponse<P>> fetch,
      Function<ApiRequest<P>, CompletableFuture<ApiResponse<P>>> fetchAhead,
      ApiRequest<P> first,
      Paginator<P, T> paginator) {

    private ItemIterator<P, T> start(int limit, int ahead) {
      var route = new Route<>(first, paginator, limit);
      return new ItemIterator<>(
          paginator, ahead == 0 ? new OnDemand<>(this, route) : new Prefetch<>(this, route, ahead));
    }
  }
}
