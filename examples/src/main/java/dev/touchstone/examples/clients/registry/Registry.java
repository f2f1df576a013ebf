package dev.touchstone.examples.clients.registry;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ErrorContext;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.paging.Pages;
import java.util.List;
import java.util.Optional;

/**
 * A registry of container images.
 *
 * {@snippet class="dev.touchstone.examples.clients.registry.SnippetsTest" region="push"}
 *
 * <p>Every method throws an {@link ApiException} if the call fails; a {@link RegistryException} if
 * the registry says why.
 *
 * <p><b>Source:</b> the Open Container Initiative's distribution specification, version 1.1.
 */
public final class Registry implements AutoCloseable {

  private final ApiClient api;

  private Registry(ApiClient api) {
    this.api = api;
  }

  /** Returns a client of the registry at an address, such as {@code http://localhost:5000/}. */
  public static Registry connect(String baseUrl) {
    return new Registry(ApiClient.builder(baseUrl).errors(Registry::error).build());
  }

  /**
   * Returns a client that sends through another: with its credentials, time limits and connections,
   * which stay the caller's.
   *
   * @param client has the registry's address for its base URL
   */
  public static Registry over(ApiClient client) {
    return new Registry(client.with(settings -> settings.errors(Registry::error)));
  }

  /**
   * Returns the names of the repositories, fetched page by page as they are asked for.
   *
   * @param pageSize how many names to ask for at once
   */
  public Pages<String> repositories(int pageSize) {
    var first = ApiRequest.get("v2/_catalog").query("n", pageSize).as(Catalog.class);
    return api.pages(first, new LinkedLists<>(Catalog::repositories));
  }

  /**
   * Returns the repository of a name, which need not exist yet.
   *
   * @throws IllegalArgumentException if it cannot be the name of a repository
   */
  public Repository repository(String name) {
    return new Repository(api, name);
  }

  /** Ends this client. A client that was given to {@link #over} stays open. */
  @Override
  public void close() {
    api.close();
  }

  private static Optional<? extends HttpStatusException> error(ErrorContext error) {
    return error.status() >= 500 || error.status() == 429
        ? Optional.empty()
        : error
            .bodyAs(RegistryException.Errors.class)
            .map(RegistryException.Errors::known)
            .filter(reasons -> !reasons.isEmpty())
            .map(reasons -> new RegistryException(error, reasons));
  }

  private record Catalog(List<String> repositories) {}
}
