package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiResponse;
import java.util.Optional;

/** Hands out the pages of one iteration. For one thread. */
interface PageSource<P> {

  /** Returns the next page, having waited for it; empty after the last. */
  Optional<ApiResponse<P>> next();

  /** Ends what is under way; nothing is fetched after this. */
  void close();
}
