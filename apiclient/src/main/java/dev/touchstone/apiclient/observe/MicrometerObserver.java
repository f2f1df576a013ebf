package dev.touchstone.apiclient.observe;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Attempt;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RequestSummary;
import dev.touchstone.apiclient.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
 * <p>The outcome is the status of the answer, or the type of the exception if there was none, or one
 * that could not be read: a 200 whose body breaks off is a {@code TransportException}.
 *
 * <p>Templates are shown with their variables, so the number of meters does not grow with the values;
 * requests that are made from whole URLs, of a crawler, say, make a meter for each path, unless they
 * say what they are {@linkplain dev.touchstone.apiclient.ApiRequest.Builder#shownAs shown as}. A
 * method that no standard knows is {@code _OTHER}, as in OpenTelemetry: whoever hands on the requests
 * of strangers would have as many meters as they make up names.
 *
 * <p>Safe for use by several threads.
 */
public final class MicrometerObserver implements CallObserver {

  /* RFC 9110 section 9, RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

  private static final String NO_OUTCOME = "";

  /** What a timer is for. */
  private record Series(
      String name, String method, String template, Target target, String outcome) {}

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

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
    record("apiclient.attempts", request, target, outcome(attempt), attempt.took());
  }

  @Override
  public void backingOff(
      RequestSummary request, Target target, Duration wait, ApiException failure) {
    record("apiclient.backoff", request, target, NO_OUTCOME, wait);
  }

  @Override
  public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
    var took = Duration.ZERO;
    for (var attempt : attempts) {
      took = took.plus(attempt.waitedBefore()).plus(attempt.took());
    }
    record("apiclient.calls", request, target, outcome(attempts.getLast()), took);
  }

  private void record(
      String name, RequestSummary request, Target target, String outcome, Duration took) {
    var method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
    timers
        .computeIfAbsent(new Series(name, method, request.template(), target, outcome), this::timer)
        .record(took);
  }

  /* The registry would find it too, but sorts the tags for that each time. */
  private Timer timer(Series series) {
    var tags = Tags.of(
        "method", series.method(),
        "template", series.template(),
        "target", series.target().toString());
    return registry.timer(
        series.name(),
        series.outcome().equals(NO_OUTCOME) ? tags : tags.and("outcome", series.outcome()));
  }

  private static String outcome(Attempt attempt) {
    return attempt
        .failure()
        .filter(failure -> !(failure instanceof HttpStatusException))
        .map(failure -> failure.getClass().getSimpleName())
        .orElseGet(() -> Integer.toString(attempt.status().orElse(0)));
  }
}
