package dev.touchstone.examples.tour;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Asks the API of the cabinet for assays, sixteen at a time. */
final class Laboratory {

  private static final int CONCURRENCY = 16;

  private final Cabinet cabinet;
  private final EventBus<TourEvent> events;

  Laboratory(Cabinet cabinet, EventBus<TourEvent> events) {
    this.cabinet = cabinet;
    this.events = events;
  }

  /** What the API says of a mineral. */
  record Assay(String mineral, double hardness, double density) {}

  /** An assay, and how many requests it took. */
  record Answer(Assay assay, int attempts) {}

  /**
   * Gets the assays of the minerals and writes a line for each, in the order given.
   *
   * @param minerals their names as path segments
   */
  List<Answer> assay(List<String> minerals, Path file) throws IOException, InterruptedException {
    var answers = new ArrayList<Answer>();
    try (var client = client();
        var workers = ManagedExecutor.virtual("assays").concurrency(CONCURRENCY).build();
        var out = JsonLines.create(file)) {
      var tasks = minerals.stream()
          .map(slug -> workers.submit(() -> assay(client, slug)))
          .toList();
      for (var task : tasks) {
        var answer = task.get();
        out.write(answer.assay());
        answers.add(answer);
        events.post(new TourEvent.Assayed(answers.size(), minerals.size()));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the API of the cabinet gave no answer", e.getCause());
    }
    return answers;
  }

  private ApiClient client() {
    return ApiClient.builder(cabinet.uri().resolve("/api/").toString())
        .auth(RequestAuthenticator.bearer(cabinet::token))
        .build();
  }

  private static Answer assay(ApiClient client, String slug) {
    var response = client.exchange(ApiRequest.get("assays/{mineral}", slug).as(Assay.class));
    return new Answer(response.body(), response.attempts().size());
  }
}
