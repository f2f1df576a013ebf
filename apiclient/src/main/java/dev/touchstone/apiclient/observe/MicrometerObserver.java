package dev.touchstone.apiclient.observe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Attempt;
import dev.touchstone.apiclient.RequestSummary;
import dev.touchstone.apiclient.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * Measures calls with Micrometer, which is an optional dependency: add {@code
 * io.micrometer:micrometer-core} to use this class.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="metrics"}
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>what</th><th>tags</th></tr>
 * <tr><td>{@code apiclient.calls}</td><td>timer: calls, their waits and retries included</td>
 * <td>method, template, target, outcome</td></tr>
 * <tr><td>{@code apiclient.attempts}</td><td>timer: attempts, without waits</td>
 * <td>method, template, target, outcome</td></tr>
 * <tr><td>{@code apiclient.backoff}</td><td>timer: waits before retries</td>
 * <td>method, template, target</td></tr>
 * </table>
 *
 * <p>The outcome is a status, or the type of the exception if there was none. Templates are shown
 * with their variables, so the number of meters does not grow with the values; requests that are
 * made from whole URLs, of a crawler, say, make a meter for each path.
 *
 * <p>Safe for use by several threads.
 */
public final class MicrometerObserver implements CallObserver {

  private final MeterRegistry registry;

  private MicrometerObserver(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Returns the observer that records in the given registry. */
  @SuppressWarnings("exports") // whoever calls this has Micrometer, nobody else needs it
  public static MicrometerObserver of(MeterRegistry registry) {
    return new MicrometerObserver(requireNonNull(registry, "registry"));
  }

  @Override
  public void attemptEnded(RequestSummary request, Target target, Attempt attempt) {
    timer("apiclient.attempts", tags(request, target).and("outcome", outcome(attempt)))
        .record(attempt.took());
  }

  @Override
  public void backingOff(
      RequestSummary request, Target target, Duration wait, ApiException failure) {
    timer("apiclient.backoff", tags(request, target)).record(wait);
  }

  @Override
  public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
    var took = attempts.stream()
        .map(attempt -> attempt.waitedBefore().plus(attempt.took()))
        .reduce(Duration.ZERO, Duration::plus);
    var outcome = outcome(attempts.getLast());
    timer("apiclient.calls", tags(request, target).and("outcome", outcome)).record(took);
  }

  private Timer timer(String name, Tags tags) {
    return registry.timer(name, tags);
  }

  private static Tags tags(RequestSummary request, Target target) {
    return Tags.of(
        "method", request.method(), "template", request.template(), "target", target.toString());
  }

  private static String outcome(Attempt attempt) {
    return attempt.status().isPresent()
        ? Integer.toString(attempt.status().getAsInt())
        : attempt.failure().map(each -> each.getClass().getSimpleName()).orElse("none");
  }
}
