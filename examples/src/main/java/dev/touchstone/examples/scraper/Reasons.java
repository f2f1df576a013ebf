package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.HostState;
import dev.touchstone.examples.scraper.politeness.HostView;
import java.time.Duration;

/** Says in one line why something waits. */
final class Reasons {

  private Reasons() {}

  /** Says why an address is tried again, and for how long its host is left alone. */
  static String ofRetry(Outcome outcome, HostView host, Duration now) {
    var what = switch (outcome) {
      case Outcome.Refused refused -> "answered " + refused.status();
      case Outcome.Failed failed -> failed.reason();
      default -> outcome.kind();
    };
    return host.state() instanceof HostState.Blocked blocked
        ? "%s; its host is left alone for %.1f s: %s"
            .formatted(
                what,
                blocked.until().minus(now).toMillis() / 1e3,
                blocked.reason().inWords())
        : what;
  }
}
