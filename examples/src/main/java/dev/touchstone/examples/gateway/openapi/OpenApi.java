package dev.touchstone.examples.gateway.openapi;

import dev.touchstone.examples.gateway.definition.AccessDefinition.Auth;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.route.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The description of a gateway's routes in OpenAPI 3.1, as JSON maps to Java: paths, parameters, who may
 * call, and what answers there are. What a backend's answers look like is up to the backend.
 *
 * <p><b>Source:</b> the OpenAPI Specification 3.1.1.
 */
public final class OpenApi {

  private static final List<String> EVERY_METHOD =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD");

  private OpenApi() {}

  /**
   * Returns the description.
   *
   * @param server where the gateway is, such as {@code https://api.example.org}
   */
  public static Map<String, Object> describe(GatewayPlan plan, String server) {
    var paths = new LinkedHashMap<String, Map<String, Object>>();
    plan.routes().forEach(route -> paths.put(path(route), new LinkedHashMap<>()));
    // Where there is a route of the method itself, that of all methods says nothing about it.
    plan.routes().stream()
        .sorted(Comparator.comparing(route -> route.route().method().equals(Route.ANY_METHOD)))
        .forEach(route ->
            describe(route, paths.computeIfAbsent(path(route), path -> new LinkedHashMap<>())));
    return ordered(
        "openapi", "3.1.1",
        "info", ordered("title", plan.definition().name(), "version", "1"),
        "servers", List.of(Map.of("url", server)),
        "paths", paths,
        "components", components());
  }

  private static String path(PlannedRoute route) {
    return route.route().path().toString().replace("*}", "}");
  }

  private static void describe(PlannedRoute route, Map<String, Object> operations) {
    methods(route.route())
        .forEach(method ->
            operations.putIfAbsent(method.toLowerCase(Locale.ROOT), operation(route, method)));
  }

  private static List<String> methods(RouteDefinition route) {
    return route.method().equals(Route.ANY_METHOD) ? EVERY_METHOD : List.of(route.method());
  }

  private static Map<String, Object> operation(PlannedRoute planned, String method) {
    var route = planned.route();
    var operation = ordered(
        "operationId",
        id(route, method),
        "parameters",
        parameters(planned),
        "responses",
        responses(planned));
    if (!method.equals("GET") && !method.equals("HEAD") && planned.plan().isEmpty()) {
      operation.put("requestBody", Map.of("content", Map.of("*/*", Map.of())));
    }
    route
        .access()
        .auth()
        .ifPresent(auth -> operation.put("security", List.of(Map.of(scheme(auth), List.of()))));
    return operation;
  }

  /* Unique, because method and path are; names in braces are kept, else /a/{b} and /a/b would meet. */
  private static String id(RouteDefinition route, String method) {
    return method.toLowerCase(Locale.ROOT)
        + route.path().toString().replace('{', '_').replaceAll("[^A-Za-z0-9_]", "-");
  }

  private static List<Object> parameters(PlannedRoute planned) {
    var parameters = new ArrayList<Object>();
    for (var name : planned.route().path().names()) {
      parameters.add(parameter(name, "path", ordered("required", true)));
    }
    planned.plan().stream()
        .flatMap(plan -> plan.inputs().stream())
        .filter(input -> input.head().equals(Plan.QUERY))
        .forEach(input -> parameters.add(parameter(input.steps().getFirst(), "query", ordered())));
    planned.route().forward().stream()
        .filter(name -> !List.of("accept", "content-type", "authorization").contains(name))
        .forEach(name -> parameters.add(parameter(name, "header", ordered())));
    return parameters;
  }

  private static Map<String, Object> parameter(String name, String in, Map<String, Object> more) {
    var parameter = ordered("name", name, "in", in);
    parameter.putAll(more);
    parameter.put("schema", Map.of("type", "string"));
    return parameter;
  }

  private static Map<String, Object> responses(PlannedRoute planned) {
    var responses = ordered();
    if (planned.plan().isPresent()) {
      responses.put("200", answer(planned.plan().get()));
      if (planned.route().method().equals("GET")) {
        responses.put("304", Map.of("description", "The client has this answer already."));
      }
    } else {
      responses.put("2XX", Map.of("description", "The answer of the backend."));
    }
    responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
    return responses;
  }

  private static Map<String, Object> answer(Plan plan) {
    return ordered(
        "description",
            "The answer, made of: "
                + String.join(
                    ", ", plan.steps().stream().map(step -> step.name()).toList()) + ".",
        "headers", Map.of("Partial-Response", Map.of("$ref", "#/components/headers/Partial")),
        "content", Map.of("application/json", Map.of("schema", schema(plan))));
  }

  /** Says what is known of an answer: the names that the definition gives. */
  private static Map<String, Object> schema(Plan plan) {
    if (plan.isPassThrough()) {
      return Map.of();
    }
    var members = new LinkedHashMap<String, Object>();
    for (var step : plan.steps()) {
      var shape = step.call().shape();
      var isList = step.call().forEach().isPresent();
      if (shape.into().isPresent()) {
        members.put(shape.into().get(), isList ? Map.of("type", "array") : Map.of());
      } else {
        shape
            .keep()
            .forEach(name -> members.put(shape.rename().getOrDefault(name, name), Map.of()));
      }
    }
    return ordered("type", "object", "properties", members);
  }

  private static String scheme(Auth auth) {
    return switch (auth) {
      case JWT -> "jwt";
      case KEY -> "key";
    };
  }

  private static Map<String, Object> components() {
    var problem = ordered(
        "type",
        "object",
        "properties",
        ordered(
            "type", Map.of("type", "string", "format", "uri-reference"),
            "title", Map.of("type", "string"),
            "status", Map.of("type", "integer"),
            "detail", Map.of("type", "string"),
            "part", Map.of("type", "string", "description", "The call that failed.")));
    return ordered(
        "schemas", Map.of("Problem", problem),
        "headers",
            Map.of(
                "Partial",
                ordered(
                    "description",
                    "The parts of the answer that are missing or older, and why.",
                    "schema",
                    Map.of("type", "string"))),
        "responses",
            Map.of(
                "Problem",
                ordered(
                    "description",
                    "There is no answer (RFC 9457).",
                    "content",
                    Map.of(
                        "application/problem+json",
                        Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))))),
        "securitySchemes",
            ordered(
                "jwt", ordered("type", "http", "scheme", "bearer", "bearerFormat", "JWT"),
                "key", ordered("type", "apiKey", "in", "header", "name", "X-Api-Key")));
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
