package dev.touchstone.gateways;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/**
 * What one writes by hand where the gateway has no aggregates: three calls at once, on virtual threads,
 * merged. It has no time limits, breakers or partial answers.
 */
@RestController
class HomeController {

  private final RestClient backend;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HomeController(RestClient.Builder builder, @Value("${backend}") String url) {
    backend = builder.baseUrl(url).build();
  }

  @GetMapping("/home/{id}")
  Map<String, JsonNode> home(@PathVariable String id)
      throws ExecutionException, InterruptedException {
    var user = call("/users/{id}", id);
    var orders = call("/orders/{id}", id);
    var team = call("/teams/{id}", id);
    var home = new LinkedHashMap<String, JsonNode>();
    home.put("user", user.get());
    home.put("orders", orders.get());
    home.put("team", team.get());
    return home;
  }

  private Future<JsonNode> call(String path, String id) {
    return threads.submit(() -> backend.get().uri(path, id).retrieve().body(JsonNode.class));
  }
}
