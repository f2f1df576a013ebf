package dev.touchstone.examples.web;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The pages of an application, for a {@link WebServer}. Immutable.
 *
 * {@snippet class="dev.touchstone.examples.web.SnippetsTest" region="site"}
 */
public final class Site {

  /**
   * An entry of the navigation.
   *
   * @param path where it leads
   * @param label what it reads
   */
  record Entry(String path, String label) {}

  /**
   * The field in the head of each page that finds things.
   *
   * @param path who answers
   * @param parameter the parameter that takes the text
   * @param label what it finds
   */
  record Search(String path, String parameter, String label) {}

  /** A route that fits a request. */
  record Match(Endpoint endpoint, Map<String, String> parts) {}

  private final String application;
  private final String subject;
  private final List<Entry> navigation;
  private final Optional<Search> search;
  private final Optional<String> colours;
  private final List<Route> routes;

  private Site(Builder builder) {
    application = builder.application;
    subject = builder.subject;
    navigation = List.copyOf(builder.navigation);
    search = builder.search;
    colours = builder.colours;
    routes = List.copyOf(builder.routes);
  }

  /**
   * Returns a builder of a site without pages.
   *
   * @param application what the program is, in a word
   * @param subject what it works on, such as a file or a host; tells two open pages apart
   */
  public static Builder builder(String application, String subject) {
    return new Builder(application, subject);
  }

  String application() {
    return application;
  }

  String subject() {
    return subject;
  }

  List<Entry> navigation() {
    return navigation;
  }

  Optional<Search> search() {
    return search;
  }

  Optional<String> colours() {
    return colours;
  }

  /** Returns the first route that was declared of those that fit; empty if none does. */
  Optional<Match> route(String method, String path) {
    for (var route : routes) {
      var parts = route.match(path);
      if (parts.isPresent() && route.method().equals(method)) {
        return Optional.of(new Match(route.endpoint(), parts.get()));
      }
    }
    return Optional.empty();
  }

  /** Returns the methods that a path can be asked with, in alphabetic order; empty if it is none. */
  SortedSet<String> methods(String path) {
    var methods = new TreeSet<String>();
    for (var route : routes) {
      if (route.match(path).isPresent()) {
        methods.add(route.method());
        if (route.method().equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    return methods;
  }

  /** Collects the pages. In a path, a segment in braces stands for any: {@code /jobs/{id}}. */
  public static final class Builder {

    private final String application;
    private final String subject;
    private final List<Entry> navigation = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private Optional<Search> search = Optional.empty();
    private Optional<String> colours = Optional.empty();

    private Builder(String application, String subject) {
      this.application = requireNonNull(application, "application");
      this.subject = requireNonNull(subject, "subject");
    }

    /** Adds a page that the navigation leads to. */
    public Builder page(String path, String label, Endpoint endpoint) {
      navigation.add(new Entry(path, requireNonNull(label, "label")));
      return get(path, endpoint);
    }

    /** Adds a page, or a text, that the navigation does not lead to. */
    public Builder get(String path, Endpoint endpoint) {
      routes.add(Route.of("GET", path, endpoint));
      return this;
    }

    /** Adds an action. It is called only for forms of this site, and for programs with the token. */
    public Builder post(String path, Endpoint endpoint) {
      routes.add(Route.of("POST", path, endpoint));
      return this;
    }

    /**
     * Sets the field in the head of each page that finds things.
     *
     * @param path who answers
     * @param parameter the parameter that takes the text
     * @param label what it finds, such as {@code Find an address}
     */
    public Builder search(String path, String parameter, String label) {
      search = Optional.of(new Search(path, parameter, label));
      return this;
    }

    /**
     * Adds a style sheet after that of the shell, which is asked for with each page.
     *
     * @param path who answers, with the media type {@code text/css}
     */
    public Builder colours(String path, Endpoint endpoint) {
      colours = Optional.of(path);
      return get(path, endpoint);
    }

    /** Returns the site. */
    public Site build() {
      return new Site(this);
    }
  }
}
