package dev.touchstone.examples.tour;

import dev.touchstone.examples.scraper.frontier.Tally;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The figures of a tour.
 *
 * @param site the address of the site that was crawled
 * @param isResumed whether the tour went on with one that had come to no end
 * @param crawl what became of the addresses of the site
 * @param assays how many answers the API gave
 * @param attempts how many requests they took, repeated ones included
 * @param gathered what the gateway gathered
 * @param folder where the files lie
 * @param elapsed how long it took, without what earlier processes did
 */
public record TourReport(
    URI site,
    boolean isResumed,
    Tally crawl,
    int assays,
    int attempts,
    Gathered gathered,
    Path folder,
    Duration elapsed) {

  TourReport(
      URI site,
      boolean isResumed,
      Tally crawl,
      List<Answers.Answer> answers,
      Gathered gathered,
      Path folder,
      Duration elapsed) {
    this(
        site,
        isResumed,
        crawl,
        answers.size(),
        answers.stream().mapToInt(Answers.Answer::attempts).sum(),
        gathered,
        folder,
        elapsed);
  }

  /** Returns how many jobs were done: the crawl, a question about each mineral, and the report. */
  public int jobs() {
    return 1 + assays + 1;
  }

  /**
   * What the gateway gathered.
   *
   * @param uri of the last request
   * @param answer what came of it, as JSON
   * @param requests how many were made, each answered from calls of three APIs
   * @param partial how many answers lacked a part that may be missing
   */
  public record Gathered(URI uri, String answer, int requests, int partial) {}
}
