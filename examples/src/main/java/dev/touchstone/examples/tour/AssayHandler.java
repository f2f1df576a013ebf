package dev.touchstone.examples.tour;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.concurrency.channel.Sender;
import dev.touchstone.examples.taskqueue.JobContext;
import dev.touchstone.examples.taskqueue.JobHandler;
import dev.touchstone.examples.taskqueue.Outcome;
import java.io.IOException;

/** Asks the API about a mineral, unless there is an answer already. */
final class AssayHandler implements JobHandler<AskForAssay> {

  private final ApiClient client;
  private final Answers answers;
  private final Sender<TourEvent> events;

  /**
   * @param client has the token of the API
   */
  AssayHandler(ApiClient client, Answers answers, Sender<TourEvent> events) {
    this.client = client;
    this.answers = answers;
    this.events = events;
  }

  @Override
  public Outcome handle(AskForAssay job, JobContext context) throws IOException {
    if (!answers.has(job.mineral())) {
      var response =
          client.exchange(ApiRequest.get("api/assays/{mineral}", job.mineral()).as(Assay.class));
      answers.keep(
          job.mineral(), new Answers.Answer(response.body(), response.attempts().size()));
    }
    events.trySend(new TourEvent.Assayed(job.mineral()));
    return Outcome.done();
  }
}
