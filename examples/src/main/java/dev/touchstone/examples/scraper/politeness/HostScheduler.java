package dev.touchstone.examples.scraper.politeness;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.politeness.HostState.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Decides which host is asked next and when. No host is asked earlier than its delay after the start
 * of the request before, nor while it is blocked, nor with more requests under way than the pace
 * allows; of the hosts that may be asked, the one that could have been asked first is.
 *
 * <p>Reads no clock: {@code now} is the time since the start of the crawl, and must not go back. Taking
 * a host costs O(log hosts). Confined to one thread.
 */
public final class HostScheduler {

  /* An entry of the heap is not removed when its host changes; its stamp tells that it is stale. */
  private record Entry(Host host, long at, long stamp) {}

  private final Pace pace;
  private final Map<String, Host> hosts = new HashMap<>();
  private final PriorityQueue<Entry> heap =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparing(e -> e.host().origin));

  /** Creates a scheduler without hosts. */
  public HostScheduler(Pace pace) {
    this.pace = requireNonNull(pace, "pace");
  }

  /** Says that there is something to ask a host for. A host that is not known becomes known. */
  public void offer(String origin) {
    var host = hosts.computeIfAbsent(origin, name -> new Host(name, pace));
    host.hasWork(true);
    line(host);
  }

  /**
   * Returns a host that may be asked now, and counts a request to it as under way; empty if there is
   * none.
   */
  public Optional<String> take(Duration now) {
    dropStale();
    var first = heap.peek();
    if (first == null || first.at() > now.toNanos()) {
      return Optional.empty();
    }
    first.host().started(now.toNanos());
    line(first.host());
    return Optional.of(first.host().origin);
  }

  /** Takes a request back that was taken and not made. */
  public void untake(String origin) {
    var host = host(origin);
    host.untake();
    line(host);
  }

  /** Says that there is nothing more to ask a host for, until it is offered again. */
  public void drained(String origin) {
    var host = host(origin);
    host.hasWork(false);
    line(host);
  }

  /** Says how a host took a request. */
  public void finished(String origin, Reply reply, Duration now) {
    var host = host(origin);
    host.finished(reply, now.toNanos());
    line(host);
  }

  /** Leaves a host alone until a moment. Requests that are under way go on. */
  public void block(String origin, Duration until, Reason reason) {
    var host = host(origin);
    host.block(until.toNanos(), reason);
    line(host);
  }

  /** Obeys the {@code Crawl-delay} of a host, up to the longest that the pace allows. */
  public void crawlDelay(String origin, Duration delay) {
    var host = host(origin);
    host.crawlDelay(delay);
    line(host);
  }

  /** Returns when the next host may be asked, in the past too; empty if none waits to be asked. */
  public Optional<Duration> nextAt() {
    dropStale();
    return Optional.ofNullable(heap.peek()).map(entry -> Duration.ofNanos(entry.at()));
  }

  /** Returns every known host as it is at a moment, in no order. */
  public List<HostView> view(Duration now) {
    return hosts.values().stream().map(host -> host.view(now.toNanos())).toList();
  }

  /** Returns a known host as it is at a moment. */
  public HostView view(String origin, Duration now) {
    return host(origin).view(now.toNanos());
  }

  private void line(Host host) {
    host.stamp++;
    if (host.mayBeAsked()) {
      heap.add(new Entry(host, host.readyAt(), host.stamp));
    }
  }

  private void dropStale() {
    while (!heap.isEmpty() && heap.peek().stamp() != heap.peek().host().stamp) {
      heap.remove();
    }
  }

  private Host host(String origin) {
    var host = hosts.get(origin);
    if (host == null) {
      throw new IllegalArgumentException("a host must be offered first; unknown: " + origin);
    }
    return host;
  }
}
