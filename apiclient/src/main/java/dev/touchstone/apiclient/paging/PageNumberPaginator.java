package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Counts pages in a query parameter, until one is empty. */
record PageNumberPaginator<P, T>(Function<P, List<T>> itemsOf, String parameter)
    implements Paginator<P, T> {

  private static final long FIRST = 1;

  @Override
  public List<T> items(ApiResponse<P> page) {
    return itemsOf.apply(page.body());
  }

  @Override
  public Optional<ApiRequest<P>> next(ApiResponse<P> page, ApiRequest<P> current) {
    return items(page).isEmpty()
        ? Optional.empty()
        : Optional.of(current.withQuery(parameter, number(current) + 1));
  }

  private long number(ApiRequest<P> request) {
    var text = request.query(parameter);
    try {
      return text.isEmpty() ? FIRST : Long.parseLong(text.get());
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "query parameter " + parameter + " must be the number of the first page, was "
              + text.get(),
          notANumber);
    }
  }
}
