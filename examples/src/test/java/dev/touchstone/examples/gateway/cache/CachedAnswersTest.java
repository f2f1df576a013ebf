package dev.touchstone.examples.gateway.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.Definitions;
import dev.touchstone.examples.gateway.aggregate.Answer;
import dev.touchstone.examples.gateway.aggregate.Answer.Maker;
import dev.touchstone.examples.gateway.aggregate.Answers;
import dev.touchstone.examples.gateway.aggregate.Inputs;
import dev.touchstone.examples.gateway.aggregate.Part;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachedAnswersTest {

  private final VirtualTime time = new VirtualTime();
  private final AnswerCache cache = new AnswerCache(1_000_000, time);
  private final Backend backend = new Backend();

  @AfterEach
  void close() {
    cache.close();
  }

  /** Counts what it is asked, and answers with the count. */
  private final class Backend implements Answers {

    private final List<Inputs> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Headers fields = Headers.of();
    private volatile Maker maker = Maker.GATEWAY;
    private volatile Part.Outcome outcome = Part.Outcome.COMPLETE;
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public Answer answer(Inputs inputs, HttpFields request, Deadline deadline)
        throws ProblemException, InterruptedException {
      asked.add(inputs);
      var body = Integer.toString(count.incrementAndGet()).getBytes(UTF_8);
      gate.await();
      if (status >= 500) {
        throw new ProblemException(Problem.of(status, "broken"));
      }
      var part = new Part("it", outcome, Optional.empty(), Duration.ZERO, Duration.ZERO, 1);
      return new Answer(status, HttpFields.EMPTY, body, List.of(part), List.of(fields), maker);
    }
  }

  private Answers route(String cacheRule) {
    return route(cacheRule, "");
  }

  private Answers route(String cacheRule, String more) {
    var definition =
        Definitions.ofRoute("{calls: {it: {get: a}}, cache: {%s}%s}".formatted(cacheRule, more));
    return cache.caching(backend, definition.routes().getFirst());
  }

  private static Inputs inputs(String path) {
    return new Inputs("r", path, Map.of(), Map.of());
  }

  private Answer get(Answers answers, String... fields) throws Exception {
    var request = HttpFields.build();
    for (var i = 0; i < fields.length; i += 2) {
      request.add(fields[i], fields[i + 1]);
    }
    return answers.answer(
        inputs("/x/7"), request, Deadline.after(Duration.ofMinutes(10), TimeSource.system()));
  }

  private String body(Answers answers, String... fields) throws Exception {
    return new String(get(answers, fields).body(), UTF_8);
  }

  @Nested
  class AFreshAnswer {

    @Test
    void isGivenOutUntilItsTimeIsOver() throws Exception {
      var answers = route("shared: 30s");

      assertThat(body(answers)).isEqualTo("1");
      time.advance(Duration.ofSeconds(29));
      var hit = get(answers);
      time.advance(Duration.ofSeconds(1));

      assertThat(hit.body()).asString().isEqualTo("1");
      assertThat(hit.fields().get("Age")).isEqualTo("29");
      assertThat(hit.fields().get("Cache-Status")).isEqualTo("touchstone; hit; ttl=1");
      assertThat(hit.fields().get("Cache-Control")).isEqualTo("max-age=0, s-maxage=30");
      assertThat(body(answers)).isEqualTo("2");
    }

    @Test
    void isForRequestsThatDifferInNothingThatBackendsSee() throws Exception {
      var answers = route("shared: 30s");
      var deadline = Deadline.after(Duration.ofMinutes(10), TimeSource.system());
      var german = new Inputs("r", "/x/7", Map.of(), Map.of("accept-language", "de"));
      var english = new Inputs("r", "/x/7", Map.of(), Map.of("accept-language", "en"));

      answers.answer(german, HttpFields.EMPTY, deadline);
      answers.answer(english, HttpFields.EMPTY, deadline);
      answers.answer(inputs("/x/8"), HttpFields.EMPTY, deadline);
      answers.answer(german, HttpFields.EMPTY, deadline);

      assertThat(backend.asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        value = {
          "shared: 1m | - | 60",
          "shared: 1m | max-age=20 | 20",
          "shared: 1m | max-age=100 | 60",
          "-          | max-age=20 | 20",
          "-          | max-age=20, s-maxage=10 | 10",
          "-          | public, max-age=\"20\" | 20",
          "-          | - | 0",
          "shared: 1m | no-store | 0",
          "shared: 1m | private | 0",
          "shared: 1m | private=\"x\" | 0",
          "shared: 1m | no-cache | 0",
          "shared: 1m | max-age=nonsense | 0",
          "-          | max-age=99999999999999999999 | 1000",
        })
    void isAsFreshAsTheLeastFreshOfItsSources(String rule, String control, int seconds)
        throws Exception {
      var answers = route(rule == null ? "" : rule);
      backend.fields = control == null ? Headers.of() : Headers.of("Cache-Control", control);

      get(answers);
      time.advance(Duration.ofSeconds(Math.max(0, seconds - 1)));
      get(answers);

      assertThat(backend.asked).hasSize(seconds == 0 ? 2 : 1);
      if (seconds > 0 && seconds < 1000) {
        time.advance(Duration.ofSeconds(1));
        get(answers);
        assertThat(backend.asked).hasSize(2);
      }
    }

    @Test
    void isAsOldAsItsSource() throws Exception {
      backend.fields = Headers.of("Cache-Control", "max-age=20", "Age", "15");
      var answers = route("");

      get(answers);
      assertThat(get(answers).fields().get("Age")).isEqualTo("15");
      time.advance(Duration.ofSeconds(5));
      get(answers);

      assertThat(backend.asked).hasSize(2);
    }

    @Test
    void mayHaveAnEnd() throws Exception {
      backend.fields = Headers.of(
          "Date", "Thu, 26 Nov 2026 10:00:00 GMT", "Expires", "Thu, 26 Nov 2026 10:00:20 GMT");
      var answers = route("");

      get(answers);
      time.advance(Duration.ofSeconds(19));
      get(answers);
      time.advance(Duration.ofSeconds(1));
      get(answers);

      assertThat(backend.asked).hasSize(2);
    }
  }

  @Nested
  class IsNotKept {

    @ParameterizedTest
    @ValueSource(strings = {"STALE", "DEFAULT", "ABSENT", "PARTIAL"})
    void whatIsNotWhole(Part.Outcome outcome) throws Exception {
      var answers = route("shared: 30s");
      backend.outcome = outcome;

      get(answers);
      get(answers);

      assertThat(backend.asked).hasSize(2);
    }

    @Test
    void whatSetsACookieOrVariesByAnything() throws Exception {
      var answers = route("shared: 30s");

      backend.fields = Headers.of("Set-Cookie", "a=b");
      get(answers);
      backend.fields = Headers.of("Vary", "Accept, *");
      get(answers);
      get(answers);

      assertThat(backend.asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "max-age=30 | 2",
          "max-age=30, public | 1",
          "s-maxage=30 | 1",
          "max-age=30, must-revalidate | 1",
        })
    void whatIsForSomebodyUnlessTheBackendSaysThatItIsForAll(String control, int asked)
        throws Exception {
      backend.fields = Headers.of("Cache-Control", control);
      var answers = route("");

      get(answers, "Authorization", "Bearer x");
      get(answers, "Authorization", "Bearer x");

      assertThat(backend.asked).hasSize(asked);
    }

    @Test
    void whatBackendsAreToldForWhomItIs() throws Exception {
      var told = route("shared: 30s", ", forward: [Authorization]");
      get(told, "Authorization", "Bearer x");
      get(told, "Authorization", "Bearer x");
      assertThat(backend.asked).hasSize(2);

      var untold = route("shared: 30s");
      get(untold, "Authorization", "Bearer x");
      get(untold, "Authorization", "Bearer y");
      assertThat(backend.asked).hasSize(3);
    }

    @Test
    void whatTheClientDoesNotWantKept() throws Exception {
      var answers = route("shared: 30s");

      get(answers, "Cache-Control", "no-store");
      get(answers);

      assertThat(backend.asked).hasSize(2);
    }

    @Test
    void whatWasChangedMeanwhile() throws Exception {
      var answers = route("shared: 30s");
      get(answers);

      time.advance(Duration.ofSeconds(1));
      cache.forget("/x/8");
      get(answers);
      cache.forget("/x/7");
      get(answers);

      assertThat(backend.asked).hasSize(2);
    }

    @Test
    void norSharedWhatWasAskedForBeforeAChange() throws Exception {
      var answers = route("shared: 30s");
      var late = new CountDownLatch(1);
      backend.gate = late;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var before = threads.submit(() -> body(answers));
        await().until(() -> backend.asked.size() == 1);
        time.advance(Duration.ofSeconds(1));
        cache.forget("/x/7");
        backend.gate = new CountDownLatch(0);

        var after = threads.submit(() -> body(answers));

        try {
          await().until(after::isDone);
        } finally {
          late.countDown();
        }
        assertThat(after.get()).isEqualTo("2");
        assertThat(before.get()).isEqualTo("1");
      }
    }

    @Test
    void anAnswerThatWasAskedForBeforeAChange() throws Exception {
      var answers = route("shared: 30s");
      backend.gate = new CountDownLatch(1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = threads.submit(() -> get(answers));
        await().until(() -> backend.asked.size() == 1);
        cache.forget("/x/7");
        backend.gate.countDown();
        first.get();
      }

      get(answers);

      assertThat(backend.asked).hasSize(2);
    }
  }

  @Nested
  class ARequest {

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "max-age=3", "min-fresh=28"})
    void mayWantANewerAnswer(String wish) throws Exception {
      var answers = route("shared: 30s, staleWhileRevalidate: 1h");
      get(answers);
      time.advance(Duration.ofSeconds(4));

      assertThat(body(answers, "Cache-Control", wish)).isEqualTo("2");
      assertThat(body(answers)).isEqualTo("2");
    }

    @Test
    void mayWantNoneThatIsMadeForIt() throws Exception {
      var answers = route("shared: 30s");

      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> get(answers, "Cache-Control", "only-if-cached"))
          .withMessage("504: there is no answer that was kept, and none is to be made");
      get(answers);
      assertThat(body(answers, "Cache-Control", "only-if-cached")).isEqualTo("1");
    }
  }

  @Nested
  class AStaleAnswer {

    @Test
    void isGivenOutWhileANewOneIsMade() throws Exception {
      var answers = route("shared: 30s, staleWhileRevalidate: 10s");
      get(answers);
      time.advance(Duration.ofSeconds(35));

      var stale = get(answers);
      await().until(() -> body(answers).equals("2"));

      assertThat(stale.body()).asString().isEqualTo("1");
      assertThat(stale.fields().get("Cache-Status")).isEqualTo("touchstone; hit; ttl=-5");
      time.advance(Duration.ofSeconds(41));
      assertThat(body(answers)).isEqualTo("3");
    }

    @Test
    void isGivenOutIfNoNewOneCanBeMade() throws Exception {
      var answers = route("shared: 30s, staleIfError: 10m");
      get(answers);
      time.advance(Duration.ofMinutes(9));
      backend.status = 502;

      assertThat(body(answers)).isEqualTo("1");
      time.advance(Duration.ofMinutes(2));
      assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> get(answers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=30, must-revalidate", "s-maxage=30"})
    void isNotGivenOutIfTheBackendForbidsIt(String control) throws Exception {
      var answers = route("staleIfError: 10m, staleWhileRevalidate: 10m");
      backend.fields = Headers.of("Cache-Control", control);
      get(answers);
      time.advance(Duration.ofSeconds(31));
      backend.status = 502;

      assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> get(answers));
    }

    @Test
    void isFreshAgainIfTheBackendSaysSo() throws Exception {
      var answers = route("");
      backend.maker = Maker.BACKEND;
      backend.fields = Headers.of("ETag", "\"v1\"", "Cache-Control", "max-age=10", "X-Old", "1");
      get(answers);
      time.advance(Duration.ofSeconds(11));
      backend.status = 304;
      backend.fields = Headers.of("ETag", "\"v1\"", "Cache-Control", "max-age=20");

      assertThat(body(answers)).isEqualTo("1");
      time.advance(Duration.ofSeconds(19));
      assertThat(body(answers)).isEqualTo("1");

      assertThat(backend.asked).hasSize(2);
      assertThat(backend.asked.get(1).fields()).containsEntry("if-none-match", "\"v1\"");
    }

    @Test
    void withoutALifetimeIsAskedAboutEachTime() throws Exception {
      var answers = route("");
      backend.maker = Maker.BACKEND;
      backend.fields = Headers.of("Last-Modified", "Thu, 26 Nov 2026 10:00:00 GMT");
      get(answers);
      backend.status = 304;

      assertThat(body(answers)).isEqualTo("1");

      assertThat(backend.asked.get(1).fields())
          .containsEntry("if-modified-since", "Thu, 26 Nov 2026 10:00:00 GMT");
    }
  }

  @Nested
  class ManyAtOnce {

    private List<String> all(Answers answers, int count) throws Exception {
      backend.gate = new CountDownLatch(1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var bodies = new ArrayList<Future<String>>();
        for (var i = 0; i < count; i++) {
          bodies.add(threads.submit(() -> body(answers)));
        }
        await().until(() -> !backend.asked.isEmpty());
        backend.gate.countDown();
        var texts = new ArrayList<String>();
        for (var body : bodies) {
          texts.add(body.get());
        }
        return texts;
      }
    }

    @Test
    void shareOneQuestion() throws Exception {
      assertThat(all(route("shared: 30s"), 50)).containsOnly("1");
    }

    @Test
    void doNotShareWhatIsForOneOfThem() throws Exception {
      backend.fields = Headers.of("Cache-Control", "private");

      assertThat(all(route("shared: 30s"), 20)).doesNotHaveDuplicates();
      assertThat(cache.figures().misses()).isEqualTo(20);
    }
  }
}
