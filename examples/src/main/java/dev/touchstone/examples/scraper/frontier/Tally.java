package dev.touchstone.examples.scraper.frontier;

import dev.touchstone.examples.scraper.page.Outcome;

/**
 * How many addresses are done, by what became of them.
 *
 * @param pages HTML pages
 * @param redirects addresses that redirected
 * @param other addresses with content that is not HTML
 * @param refused addresses answered with an error status
 * @param failed addresses without a usable answer
 * @param excluded addresses left alone as {@code robots.txt} asks
 * @param retries visits made again after a temporary failure
 * @param bytes the size of all HTML pages after decompression
 * @param unchanged how many of the pages and of the other content are as they were at the visit before
 */
public record Tally(
    long pages,
    long redirects,
    long other,
    long refused,
    long failed,
    long excluded,
    long retries,
    long bytes,
    long unchanged) {

  /** Nothing is done yet. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns how many addresses are done. */
  public long visited() {
    return pages + redirects + other + refused + failed + excluded;
  }

  /** Returns this and one more visit. */
  public Tally plus(Visit visit) {
    return plus(switch (visit.outcome()) {
          case Outcome.Page page -> new Tally(1, 0, 0, 0, 0, 0, 0, page.bytes(), 0);
          case Outcome.Redirect redirect -> new Tally(0, 1, 0, 0, 0, 0, 0, 0, 0);
          case Outcome.Other other -> new Tally(0, 0, 1, 0, 0, 0, 0, 0, 0);
          case Outcome.Refused refused -> new Tally(0, 0, 0, 1, 0, 0, 0, 0, 0);
          case Outcome.Failed failed -> new Tally(0, 0, 0, 0, 1, 0, 0, 0, 0);
          case Outcome.Excluded excluded -> new Tally(0, 0, 0, 0, 0, 1, 0, 0, 0);
          case Outcome.Unchanged same
          when same.isPage() -> new Tally(1, 0, 0, 0, 0, 0, 0, same.earlier().bytes(), 1);
          case Outcome.Unchanged same -> new Tally(0, 0, 1, 0, 0, 0, 0, 0, 1);
        })
        .plusRetries(visit.lease().attempts());
  }

  private Tally plusRetries(int more) {
    return new Tally(
        pages, redirects, other, refused, failed, excluded, retries + more, bytes, unchanged);
  }

  private Tally plus(Tally more) {
    return new Tally(
        pages + more.pages,
        redirects + more.redirects,
        other + more.other,
        refused + more.refused,
        failed + more.failed,
        excluded + more.excluded,
        retries + more.retries,
        bytes + more.bytes,
        unchanged + more.unchanged);
  }
}
