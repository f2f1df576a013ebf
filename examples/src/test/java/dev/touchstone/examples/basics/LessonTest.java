package dev.touchstone.examples.basics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LessonTest {

  private static String outputOf(String title) throws Exception {
    var out = new StringWriter();
    Lesson.named(title).orElseThrow().run(new PrintWriter(out, true));
    return out.toString();
  }

  static List<Lesson> all() {
    return Lesson.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void showsItsSource(Lesson lesson) {
    assertThat(lesson.source()).startsWith("package dev.touchstone.examples.basics;");
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFoundByItsTitle(Lesson lesson) {
    assertThat(Lesson.named(lesson.title())).contains(lesson);
  }

  @Test
  void firstChannelReceivesEveryWord() throws Exception {
    assertThat(outputOf("first-channel").lines())
        .hasSize(11)
        .contains("north 1", "north 5", "south 1", "south 5")
        .last()
        .isEqualTo("received 10 words");
  }

  @Test
  void firstCallIsMadeAgainAndFails() throws Exception {
    assertThat(outputOf("first-call")).isEqualTo("""
            Amber agate has a hardness of 6.5
            Azure agate took 2 attempts
            404: there is no such mineral
            """);
  }

  @Test
  void firstEventReachesTheListenersThatWork() throws Exception {
    assertThat(outputOf("first-event")).isEqualTo("""
            log: Placed[item=lamp, pieces=2]
            failed: the printer is out of paper
            stock: 2 x lamp less
            log: Placed[item=table, pieces=1]
            failed: the printer is out of paper
            log: Shipped[item=lamp]
            """);
  }

  @Test
  void threadsAndPoolsComputesAndWaits() throws Exception {
    assertThat(outputOf("threads-and-pools")).isEqualTo("""
            the platform threads computed 499999500000
            100 virtual threads wait at the same time
            """);
  }

  @Test
  void threadFactoriesNameTheirThreads() throws Exception {
    assertThat(outputOf("thread-factories")).isEqualTo("""
            by name:     orders-1, daemon: false
            as a daemon: refresh-1, daemon: true
            by factory:  background-7, daemon: true
            virtual:     io-1, daemon: true
            """);
  }

  @Test
  void gracefulShutdownTellsWhatBecameOfEachTask() throws Exception {
    assertThat(outputOf("graceful-shutdown")).isEqualTo("""
            served:  SUCCESS
            endless: CANCELLED
            queued:  CANCELLED
            cancelled 1, never started 1, stuck 0
            """);
  }

  @Test
  void failingTaskIsHeardOf() throws Exception {
    assertThat(outputOf("failing-task")).isEqualTo("""
            get said: java.lang.ArithmeticException: / by zero
            jobs heard: java.lang.ArithmeticException: / by zero
            the next task runs all the same
            """);
  }

  @Test
  void producerConsumerAddsUp() throws Exception {
    assertThat(outputOf("producer-consumer"))
        .isEqualTo("the sum of the squares of 1 to 100 is 338350\n");
  }

  @Test
  void fanInFanOutLosesNothing() throws Exception {
    assertThat(outputOf("fan-in-fan-out")).isEqualTo("4 readers read 60 of 60 books\n");
  }

  @Test
  void closingChannelsTellsWhy() throws Exception {
    assertThat(outputOf("closing-channels")).isEqualTo("""
            after close: last order
              closed
            after close(cause): before the power cut
              closed: power cut
            given back: one
            given back: two
              closed: the customer left
            """);
  }

  @Test
  void batchingSavesTrips() throws Exception {
    assertThat(outputOf("batching")).isEqualTo("""
            wrote 32 rows, the first is 0
            wrote 32 rows, the first is 32
            wrote 32 rows, the first is 64
            wrote 4 rows, the first is 96
            4 trips instead of 100
            after the linger: [one, two]
            """);
  }

  @Test
  void selectWithTimeoutPrefersAlarms() throws Exception {
    assertThat(outputOf("select-with-timeout")).isEqualTo("""
            run: fire
            serve: coffee
            serve: tea
            nothing to do
            """);
  }

  @Test
  void backPressureKeepsWhatItSays() throws Exception {
    assertThat(outputOf("back-pressure")).isEqualTo("""
            there is room for a third: false
            there is, after 10 ms:     false
            DROP_OLDEST keeps [4, 5, 6]
            DROP_NEWEST keeps [1, 2, 3]
            CONFLATE keeps [6]
            """);
  }

  @Test
  void pipelinePutsAsideWhatFails() throws Exception {
    assertThat(outputOf("pipeline")).isEqualTo("""
            stored [#1, #2, #3, #4]
            stored [#5, #6, #8, #9]
            stored [#10]
            put aside: 7, too dark to see
            source: 10 in, 10 out
            measure: 10 in, 9 out
            batch: 9 in, 3 out
            store: 3 in, 3 out
            """);
  }

  @Test
  void deterministicTestFindsTheRaceTwice() throws Exception {
    assertThat(outputOf("deterministic-test")).isEqualTo("""
            a schedule was found: java.lang.AssertionError: two increments made 1
            the same schedule again: true
            """);
  }

  @Test
  void jsonBothWaysNeedsRecordsOnly() throws Exception {
    assertThat(outputOf("json-both-ways")).isEqualTo("""
            agate was found at 2026-01-01T12:00:00Z
            agate: unknown
            jade: green
            the server got {"name":"topaz","tags":["hard","rare"]}
            not retried: 1 attempt
            """);
  }

  @Test
  void errorsAndRetriesDoesNoHarm() throws Exception {
    assertThat(outputOf("errors-and-retries")).isEqualTo("""
            GET:  done at attempt 2
            POST: status 503, the request is UNKNOWN, attempts: 1
            POST with a key: done at attempt 2
            GET:  status 404, the request is ANSWERED, attempts: 1
            """);
  }

  @Test
  void authenticationKeepsAndRenewsCredentials() throws Exception {
    assertThat(outputOf("authentication")).isEqualTo("""
            with the key:     welcome
            without:          401
            after a redirect: it stayed at home
            50 calls, new tokens: 1
            """);
  }

  @Test
  void rateLimitsAreObeyed() throws Exception {
    assertThat(outputOf("rate-limits")).isEqualTo("""
            agate after 5 s
            jade is the last of its quota
            topaz after 25 s
            come back in PT1H
            not sent because of SERVER_QUOTA: true
            """);
  }

  @Test
  void paginationFetchesWhatIsAskedFor() throws Exception {
    assertThat(outputOf("pagination")).isEqualTo("""
            by Link header: [agate, jade, topaz]
            by cursor:      [agate, jade, topaz]
            only agate, only 1 page
            the pages run in circles after 1
            """);
  }

  @Test
  void yourOwnClientSaysWhatTheApiSays() throws Exception {
    assertThat(outputOf("your-own-client")).isEqualTo("""
            ordered Order[id=o-1, stone=agate]
            no jade left (409)
            POST orders/{stone}: HTTP 404; check the path and its variables
            """);
  }

  @Test
  void testingYourClientFindsItInOrder() throws Exception {
    assertThat(outputOf("testing-your-client")).isEqualTo("""
            ok:     a GET survives a 503
            ok:     a POST that was never sent is sent
            ok:     a POST that may have arrived is not
            ok:     it waited twice, for less than 100 ms in all
            ok:     5 requests in all
            """);
  }

  @Test
  void locksAndTheirTrapsAreFound() throws Exception {
    assertThat(outputOf("locks-and-their-traps")).isEqualTo("""
            a forgotten lock:   java.lang.AssertionError: the accounts hold 70 instead of 100
            two orders:         a deadlock: every thread waits, and no timer is left
            guarded state:      no failure under 1000 schedules
            """);
  }

  @Test
  void locksByKeyKeepTheSum() throws Exception {
    assertThat(outputOf("locks-by-key")).isEqualTo("""
            after 2000 transfers: 500 and 500
            keys in memory: 0
            held: [ada]
            the holder may take it again: true
            """);
  }

  @Test
  void singleFlightAsksOnce() throws Exception {
    assertThat(outputOf("single-flight")).isEqualTo("""
            100 requests, 1 answer: [41]
            a later request asks again: 42
            """);
  }

  @Test
  void contextAcrossThreadsDoesNotStay() throws Exception {
    assertThat(outputOf("context-across-threads")).isEqualTo("""
            without: nobody, request unknown
            wrapped: ada, request 42
            after:   nobody, request unknown
            forked:  ada, request 42
            """);
  }

  @Test
  void forkAndJoinLeavesNothingRunning() throws Exception {
    assertThat(outputOf("fork-and-join")).isEqualTo("""
            all:      [lamp, table]
              the one that was waiting is interrupted
            failed:   java.io.IOException: the stock does not answer
              the one that was waiting is interrupted
            first:    the second mirror
              the one that was waiting is interrupted
            too late: the deadline came first
            """);
  }

  @Test
  void onlyOneIsMadeClosedAndReplaced() throws Exception {
    assertThat(outputOf("only-one")).isEqualTo("""
            in the program:
              open the real database
              asked once: real
              asked twice: real
              close the orders
              close the real database
            in a test:
              open the pretended database
              the orders use the pretended database
              close the orders
            """);
  }

  @Test
  void makersByNameKnowsTheNearestName() throws Exception {
    assertThat(outputOf("makers-by-name"))
        .startsWith("quartz;topaz\n<ul><li>quartz<li>topaz</ul>\n")
        .contains("htlm", "html");
  }

  @Test
  void oneOfSeveralWaysExplainsItself() throws Exception {
    assertThat(outputOf("one-of-several-ways"))
        .contains("costs 9600\n", "costs 4500\n", "large order", "member");
  }

  @Test
  void layersAreInTheirOrder() throws Exception {
    assertThat(outputOf("layers")).isEqualTo("""
              asked for lamp
            lamp costs 100
            lamp costs 100
              asked for table
            table costs 200
            lamp costs 100
            2 questions to the remote prices
            """);
  }

  @Test
  void commandsAsObjectsAreLogged() throws Exception {
    assertThat(outputOf("commands-as-objects")).isEqualTo("""
            -> Deposit[cents=10000]
            -> Withdraw[cents=3000]
            the balance is 7000
            """);
  }

  @Test
  void undoAndRedoIsExact() throws Exception {
    assertThat(outputOf("undo-and-redo")).isEqualTo("""
            a touchstone
            the touchstone
            a touchstone
            a stone
            a touchstone
            """);
  }

  @Test
  void statesOfAnOrderFollowTheTable() throws Exception {
    assertThat(outputOf("states-of-an-order").lines())
        .hasSize(3)
        .contains("PAID, paid 100", "SENT")
        .first()
        .asString()
        .contains("Send", "NEW");
  }

  @Test
  void firstAnswerWinsFallsBack() throws Exception {
    assertThat(outputOf("first-answer-wins")).isEqualTo("""
            port = 8080
            host = example.org
            user = default user
            """);
  }

  @Test
  void pluginsComeAndGo() throws Exception {
    assertThat(outputOf("plugins-that-come-and-go")).isEqualTo("""
            at work: [greeter 1.0.0], not let in: wreck.jar
            hello, Ada
            replaced by [greeter 2.0.0]
            the plugin greeter 1.0.0 has been unloaded or replaced; ask the host for extensions anew
            good day, Ada
            gone, and its memory is free
            """);
  }
}
