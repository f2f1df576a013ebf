package dev.touchstone.examples.clients.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.RateLimitedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the documentation, run. */
class SnippetsTest {

  @Test
  void issues() throws Exception {
    try (var server = new GitHubServer()) {
      var url = server.url();
      // @start region="issues"
      try (var gitHub = GitHub.connect(url, () -> "ghp_touchstone")) {
        for (var issue : gitHub.issues("octo", "hello")) {
          System.out.println(issue.number() + " " + issue.title());
        }
        gitHub.open("octo", "hello", new NewIssue("It is broken", "Look: ...", List.of("bug")));
      } catch (RateLimitedException refused) {
        System.out.println("come back at " + refused.retryAt().orElseThrow());
      }
      // @end
      assertThat(server.seen()).hasSize(3);
    }
  }
}
