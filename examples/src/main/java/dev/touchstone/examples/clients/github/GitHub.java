package dev.touchstone.examples.clients.github;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.RateLimitedException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.paging.Pages;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Talks to GitHub, by GitHub's rules.
 *
 * {@snippet class="dev.touchstone.examples.clients.github.SnippetsTest" region="issues"}
 *
 * <ul>
 *   <li>Lists are read page by page.
 *   <li>When the quota is used up, or GitHub asks for a pause, nothing is sent before it is over:
 *       who continues may be banned. A pause that is longer than a call may take fails it at once,
 *       with a {@link RateLimitedException} or, for calls that were not sent, a {@link
 *       RejectedException}. Both say when to come back.
 *   <li>Requests that change something are spread: one for each second.
 *   <li>An issue is opened once: a POST whose answer was lost is not sent again.
 * </ul>
 *
 * <p>Every method throws an {@link ApiException} if the call fails; a {@link ValidationException} if
 * GitHub says which field is wrong.
 *
 * <p><b>Source:</b> GitHub's REST API documentation, version 2022-11-28: "Rate limits", "Best
 * practices", "Pagination", "Troubleshooting".
 */
public final class GitHub implements AutoCloseable {

  private final ApiClient reading;
  private final ApiClient writing;
  private final Runnable end;

  private GitHub(ApiClient api, Runnable end) {
    reading = api.with(settings -> settings
        .defaultHeader("Accept", "application/vnd.github+json")
        .defaultHeader("X-GitHub-Api-Version", "2022-11-28")
        .rateLimits(RateLimitReader.xRateLimit())
        .errors(GitHubErrors::map));
    var oneASecond = RateLimiterConfig.custom()
        .limitForPeriod(1)
        .limitRefreshPeriod(Duration.ofSeconds(1))
        .timeoutDuration(Duration.ofSeconds(30))
        .build();
    writing =
        reading.with(settings -> settings.limiter(RateLimiter.of("github-writes", oneASecond)));
    this.end = end;
  }

  /**
   * Returns a client of github.com.
   *
   * @param token gives a personal access token or an installation's, for each request
   */
  public static GitHub connect(Supplier<String> token) {
    return connect("https://api.github.com/", token);
  }

  /** Returns a client of a GitHub server of one's own. */
  public static GitHub connect(String baseUrl, Supplier<String> token) {
    var api =
        ApiClient.builder(baseUrl).auth(RequestAuthenticator.bearer(token)).build();
    return new GitHub(api, api::close);
  }

  /**
   * Returns a client that sends through another, with its credentials and connections, which stay
   * the caller's. Give that one an OkHttp client with a cache, and what has not changed is neither
   * sent again nor counted.
   */
  public static GitHub over(ApiClient client) {
    return new GitHub(client, () -> {});
  }

  /** Returns a repository. */
  public Repo repo(String owner, String name) {
    return reading.send(ApiRequest.get("repos/{owner}/{name}", owner, name).as(Repo.class));
  }

  /** Returns the open issues of a repository, the newest first. */
  public Pages<Issue> issues(String owner, String name) {
    return reading.pages(ApiRequest.get("repos/{owner}/{name}/issues", owner, name)
        .query("per_page", 100)
        .as(new TypeRef<List<Issue>>() {}));
  }

  /** Opens an issue. */
  public Issue open(String owner, String name, NewIssue issue) {
    return writing.send(
        ApiRequest.post("repos/{owner}/{name}/issues", owner, name).json(issue).as(Issue.class));
  }

  /** Ends this client. A client that was given to {@link #over} stays open. */
  @Override
  public void close() {
    writing.close();
    reading.close();
    end.run();
  }
}
