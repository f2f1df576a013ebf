package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The examples that the documentation shows. */
class SnippetsTest {

  private final AtomicBoolean isPaused = new AtomicBoolean();

  @Test
  void html() {
    var name = "Rock & <b>roll</b>";

    // @start region="html"
    var item = tag("li", link("/songs/7", name)).with("title", name);
    item.markup(); // <li title="Rock &amp; &lt;b&gt;roll..."><a href="/songs/7">Rock &amp; ...
    // @end

    assertThat(item.markup())
        .isEqualTo("<li title=\"Rock &amp; &lt;b&gt;roll&lt;/b&gt;\">"
            + "<a href=\"/songs/7\">Rock &amp; &lt;b&gt;roll&lt;/b&gt;</a></li>");
  }

  private Site site() {
    // @start region="site"
    return Site.builder("Queue", "jobs.db")
        .page("/", "Overview", request -> new Answer.Page("Overview", overview(request)))
        .get(
            "/jobs/{id}", request -> Answer.notFound("There is no job " + request.part("id") + "."))
        .post("/pause", request -> {
          isPaused.set(true);
          return new Answer.SeeOther("/");
        })
        .build();
    // @end
  }

  private static Html overview(WebRequest request) {
    return request.form("/pause").add(tag("button", "Pause"));
  }

  @Test
  void server() {
    var site = site();
    var out = new StringBuilder();

    // @start region="server"
    try (var server = WebServer.open(site, 0)) { // 0: any free port
      out.append("Open ").append(server.uriWithToken());
      // ... until the application ends
    }
    // @end

    assertThat(out).startsWith("Open http://127.0.0.1:").contains("/?token=");
  }
}
