package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.paging.Pages.Walk;
import java.util.Optional;

/** Fetches a page when it is asked for. */
record OnDemand<P, T>(Walk<P, T> walk, Route<P, T> route) implements PageSource<P> {

  @Override
  public Optional<ApiResponse<P>> next() {
    var page = route.next().map(walk.fetch());
    page.ifPresent(route::arrived);
    return page;
  }

  /** Does nothing: nothing is under way between two calls. */
  @Override
  public void close() {}
}
