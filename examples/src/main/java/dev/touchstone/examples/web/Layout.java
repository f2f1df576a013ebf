package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

/** What is around the content of every page. Immutable; for all threads. */
final class Layout {

  private final Site site;
  private final Assets assets;

  Layout(Site site, Assets assets) {
    this.site = site;
    this.assets = assets;
  }

  /** Returns a page that brings itself up to date. */
  String live(String path, Answer.Page page) {
    var main = main(page).with("data-live");
    return document(title(page), body(path, main));
  }

  /** Returns what changes of a page: the content of its main part. */
  String fragment(Answer.Page page) {
    return inside(page).markup();
  }

  /** Returns a page for somebody who may not see more than this. */
  String bare(Answer.Page page) {
    var brand = tag("span", site.application()).styled("brand");
    return document(page.title(), tag("body", tag("header", brand).styled("bar"), main(page)));
  }

  /** Returns a page that stays as it is. */
  String still(String path, Answer.Page page) {
    return document(title(page), body(path, main(page)));
  }

  private String document(String title, Html body) {
    var page = new StringBuilder("""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <link rel="icon" href="%s">
        <link rel="stylesheet" href="%s">%s
        <script src="%s"></script>
        </head>
        """.formatted(
            Html.text(title).markup(),
            assets.address("icon.svg"),
            assets.address("shell.css"),
            colours(),
            assets.address("shell.js")));
    body.appendTo(page);
    return page.append("\n</html>\n").toString();
  }

  private String colours() {
    return site.colours()
        .map(path ->
            "\n<link rel=\"stylesheet\" href=\"%s\">".formatted(Html.text(path).markup()))
        .orElse("");
  }

  private String title(Answer.Page page) {
    return page.title() + " · " + site.application() + " " + site.subject();
  }

  private Html body(String path, Html main) {
    var brand = link("/", site.application()).styled("brand");
    var subject = tag("span", site.subject()).styled("subject").with("title", site.subject());
    return tag(
        "body",
        link("#main", "Skip to the content").styled("skip"),
        tag("header", brand, subject, navigation(path), controls()).styled("bar"),
        main,
        keys());
  }

  private static Element main(Answer.Page page) {
    return tag("main", inside(page)).with("id", "main").with("tabindex", -1);
  }

  private static Html inside(Answer.Page page) {
    return Html.of(tag("h1", page.title()), page.content());
  }

  private Html navigation(String path) {
    var list = tag("ul");
    for (var entry : site.navigation()) {
      var link = link(entry.path(), entry.label());
      if (isWithin(path, entry.path())) {
        link.with("aria-current", "page");
      }
      list.add(tag("li", link));
    }
    return tag("nav", list).with("aria-label", "Pages");
  }

  private static boolean isWithin(String path, String entry) {
    return path.equals(entry) || (path.startsWith(entry + "/") && !entry.equals("/"));
  }

  /* Without the script the buttons would do nothing, so it is the script that shows them. */
  private Html controls() {
    var controls = tag("div").styled("controls");
    site.search().ifPresent(search -> controls.add(search(search)));
    return controls.add(
        tag("span").with("id", "state").with("role", "status"),
        button("pause", "Pause"),
        button("theme", "Theme"),
        button("help", "Keys"));
  }

  private static Html search(Site.Search search) {
    var field = tag("input")
        .with("type", "search")
        .with("name", search.parameter())
        .with("placeholder", search.label())
        .with("aria-label", search.label())
        .with("autocomplete", "off")
        .with("spellcheck", "false");
    return tag("form", field).with("role", "search").with("action", search.path());
  }

  private static Element button(String id, String label) {
    return tag("button", label).with("type", "button").with("id", id).with("hidden");
  }

  private Html keys() {
    var list = tag("dl");
    var number = 1;
    for (var entry : site.navigation()) {
      list.add(key(Integer.toString(number++), entry.label()));
    }
    site.search().ifPresent(search -> list.add(key("/", search.label())));
    list.add(key("p", "Pause, or go on"), key("t", "Light or dark"), key("?", "This list"));
    var off = tag("label", tag("input").with("type", "checkbox").with("id", "keys-off"))
        .add("Ignore these keys");
    return tag(
            "dialog",
            tag("h2", "Keys").with("id", "keys-title"),
            list,
            off,
            tag("form", tag("button", "Close")).with("method", "dialog"))
        .with("id", "keys")
        .with("aria-labelledby", "keys-title");
  }

  private static Html key(String key, String meaning) {
    return tag("div", tag("dt", tag("kbd", key)), tag("dd", meaning));
  }
}
