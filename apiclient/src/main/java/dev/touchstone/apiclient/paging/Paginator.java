package dev.touchstone.apiclient.paging;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows what is on a page and where the next one is.
 *
 * <p>Implementations must be safe for use by several threads.
 *
 * @param <P> the type of a page
 * @param <T> the type of what is on it
 */
public interface Paginator<P, T> {

  /** Returns what is on a page, in order; may be empty. */
  List<T> items(ApiResponse<P> page);

  /**
   * Returns the request of the next page; empty after the last. It must have an address that no page
   * had before, unless its method is not GET and its body says which page it is.
   *
   * @param page the page at hand
   * @param current the request that it answers
   */
  Optional<ApiRequest<P>> next(ApiResponse<P> page, ApiRequest<P> current);

  /**
   * Returns the paginator of APIs whose pages are JSON arrays, and which name the next one in a
   * {@code Link} header with {@code rel="next"}.
   *
   * <p><b>Source:</b> RFC 8288.
   */
  static <T> Paginator<List<T>, T> linkHeader() {
    return linkHeader(page -> page);
  }

  /**
   * Returns the paginator of APIs whose pages are objects that hold a list, and which name the next
   * one in a {@code Link} header with {@code rel="next"}.
   *
   * <p><b>Source:</b> RFC 8288.
   *
   * @param items what is on a page
   */
  static <P, T> Paginator<P, T> linkHeader(Function<P, List<T>> items) {
    return new LinkPaginator<>(requireNonNull(items, "items"));
  }

  /**
   * Returns the paginator of APIs whose pages are numbered by a query parameter. A page without
   * items is the last. The number of the first page is the one in the first request, else 1.
   *
   * @param items what is on a page
   * @param parameter the name of the query parameter
   */
  static <P, T> Paginator<P, T> pageNumber(Function<P, List<T>> items, String parameter) {
    return new PageNumberPaginator<>(
        requireNonNull(items, "items"), requireNonNull(parameter, "parameter"));
  }

  /**
   * Returns the paginator of APIs whose pages hold a cursor, to be sent as a query parameter.
   *
   * @param items what is on a page
   * @param cursor the cursor of the next page; empty or blank after the last
   * @param parameter the name of the query parameter
   */
  static <P, T> Paginator<P, T> cursor(
      Function<P, List<T>> items, Function<P, Optional<String>> cursor, String parameter) {
    return new CursorPaginator<>(
        requireNonNull(items, "items"),
        requireNonNull(cursor, "cursor"),
        requireNonNull(parameter, "parameter"));
  }
}
