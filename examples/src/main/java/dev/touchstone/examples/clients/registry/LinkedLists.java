package dev.touchstone.examples.clients.registry;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.paging.LinkHeader;
import dev.touchstone.apiclient.paging.Paginator;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists that are wrapped in an object and name the next page in a {@code Link} header.
 *
 * <p>Only path and query of the link are used: a registry behind a proxy often does not know its own
 * name, and none may say to which host the next request, with its credentials, goes.
 */
record LinkedLists<P>(Function<P, List<String>> itemsOf) implements Paginator<P, String> {

  @Override
  public List<String> items(ApiResponse<P> page) {
    return itemsOf.apply(page.body());
  }

  @Override
  public Optional<ApiRequest<P>> next(ApiResponse<P> page, ApiRequest<P> current) {
    return LinkHeader.parse(page.headers().all("Link")).stream()
        .filter(link -> link.hasRelation("next"))
        .findFirst()
        .flatMap(link -> here(HttpUrl.get(page.uri()), link.target()))
        .map(current::withUri);
  }

  private static Optional<URI> here(@Nullable HttpUrl page, String target) {
    if (page == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(page.resolve(target))
        .map(named -> page.newBuilder()
            .encodedPath(named.encodedPath())
            .encodedQuery(named.encodedQuery())
            .build()
            .uri());
  }
}
