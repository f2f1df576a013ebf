package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sends the cursor of a page as a query parameter of the next request. */
record CursorPaginator<P, T>(
    Function<P, List<T>> itemsOf, Function<P, Optional<String>> cursor, String parameter)
    implements Paginator<P, T> {

  @Override
  public List<T> items(ApiResponse<P> page) {
    return itemsOf.apply(page.body());
  }

  @Override
  public Optional<ApiRequest<P>> next(ApiResponse<P> page, ApiRequest<P> current) {
    return cursor
        .apply(page.body())
        .filter(value -> !value.isBlank())
        .map(value -> current.withQuery(parameter, value));
  }
}
