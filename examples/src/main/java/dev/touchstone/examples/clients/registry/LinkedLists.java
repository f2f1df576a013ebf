package dev.touchstone.examples.clients.registry;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.paging.LinkHeader;
import dev.touchstone.apiclient.paging.Paginator;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        .map(link -> current.withUri(here(page.uri(), link.target())));
  }

  private static URI here(URI page, String target) {
    var named = page.resolve(target);
    var query = named.getRawQuery() == null ? "" : "?" + named.getRawQuery();
    return page.resolve(named.getRawPath() + query);
  }
}
