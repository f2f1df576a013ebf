package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.AccessDefinition.Auth;
import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.Template;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Checks that what the addresses of a route name is there. */
final class Names {

  private final RouteDefinition route;
  private final Map<String, BackendDefinition> backends;

  Names(RouteDefinition route, Map<String, BackendDefinition> backends) {
    this.route = route;
    this.backends = backends;
  }

  void checkBackend(Template template, YamlNode at) {
    if (!backends.containsKey(template.backend())) {
      throw at.unknown(template.backend(), backends.keySet());
    }
  }

  /**
   * Checks a reference.
   *
   * @param others what it may start from beside the parts of the request
   */
  void checkReference(Reference reference, YamlNode at, Collection<String> others) {
    var head = reference.head();
    if (others.contains(head)) {
      return;
    }
    switch (head) {
      case Plan.QUERY -> {
        if (reference.steps().size() != 1) {
          throw at.failure("expected a parameter such as {query.page}, found '" + reference + "'");
        }
      }
      case Plan.JWT -> checkClaim(reference, at);
      default -> checkParameter(reference, at, others);
    }
  }

  private void checkClaim(Reference reference, YamlNode at) {
    if (reference.steps().isEmpty()) {
      throw at.failure("expected a claim such as {jwt.sub}, found '" + reference + "'");
    }
    if (!route.access().auth().equals(Optional.of(Auth.JWT))) {
      throw at.failure(
          "'" + reference + "' is a claim of a token, and this route takes none; add 'auth: jwt'");
    }
  }

  private void checkParameter(Reference reference, YamlNode at, Collection<String> others) {
    var names = route.path().names();
    if (!names.contains(reference.head())) {
      var valid = new ArrayList<>(names);
      valid.addAll(others);
      valid.add(Plan.QUERY);
      throw at.unknown(reference.head(), valid);
    }
    if (!reference.steps().isEmpty()) {
      throw at.failure("'%s' is a text of the path and has no members; write {%s}"
          .formatted(reference.head(), reference.head()));
    }
  }
}
