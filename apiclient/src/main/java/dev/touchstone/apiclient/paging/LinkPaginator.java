package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** Follows the {@code next} of a {@code Link} header within the origin of the page. */
record LinkPaginator<P, T>(Function<P, List<T>> itemsOf) implements Paginator<P, T> {

  @Override
  public List<T> items(ApiResponse<P> page) {
    return itemsOf.apply(page.body());
  }

  @Override
  public Optional<ApiRequest<P>> next(ApiResponse<P> page, ApiRequest<P> current) {
    return LinkHeader.parse(page.headers().all("Link")).stream()
        .filter(link -> link.hasRelation("next"))
        .findFirst()
        .map(link -> checked(page.uri(), resolve(page.uri(), link.target())))
        .map(current::withUri);
  }

  /* Not with URI.resolve, which takes "?page=2" for a link to the folder: RFC 3986 section 5.2.2
   * keeps the path. */
  private static URI resolve(URI page, String target) {
    var base = HttpUrl.get(page);
    var next = base == null ? null : base.resolve(target);
    if (next == null) {
      throw new PagingException(
          "the next page must be an http or https URL, or a reference relative to one of "
              + origin(page) + ", but is " + withoutQuery(target));
    }
    return next.uri();
  }

  /* Queries hold keys and cursors, which are not for messages. */
  private static String withoutQuery(String target) {
    var question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /* Whoever can write a Link header must not decide to whom the next request, with its
   * credentials, goes. */
  private static URI checked(URI page, URI next) {
    if (!origin(page).equals(origin(next))) {
      throw new PagingException("the next page must have the origin of the page before it, "
          + origin(page) + ", but has " + origin(next));
    }
    return next;
  }

  private static String origin(URI uri) {
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    var usual = scheme.equals("https") ? 443 : 80;
    var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return scheme + "://" + host + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
  }
}
