package dev.touchstone.examples.taskqueue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.QueueLimits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store does. Run for each of them. */
@Timeout(60)
@SuppressWarnings("try") // workers and subscriptions that only have to be there
public abstract class JobStoreContract {

  private static final Duration TTL = Duration.ofSeconds(15);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Set<JobForm> MAIL = Set.of(new JobForm("mail", 1));

  protected JobStore store;

  /** Opens an empty store. */
  protected abstract JobStore open() throws Exception;

  /** Lets time pass for the store. */
  protected abstract void pass(Duration time) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static NewJob.Builder mail() {
    return NewJob.builder("mail", 1, "{\"to\":\"ada\"}");
  }

  protected long add(NewJob.Builder job) {
    return added(store.enqueue(List.of(job.build())).getFirst());
  }

  private static long added(Enqueued outcome) {
    return ((Enqueued.Added) outcome).id();
  }

  protected long worker() {
    return store.register("worker", TTL);
  }

  private List<ClaimedJob> claim(long worker, Ask... asks) {
    return store.claim(new ClaimRequest(worker, MAIL, List.of(asks), 1_000));
  }

  protected List<ClaimedJob> claim(long worker) {
    return claim(worker, new Ask("default", Priority.NORMAL, 100));
  }

  private ClaimedJob claimOne(long worker) {
    var jobs = claim(worker, new Ask("default", Priority.NORMAL, 1));
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  /** Claims the only job that is ready, which must be this one. */
  private Fence claimed(long id) {
    var fence = claimOne(worker()).fence();
    assertThat(fence.id()).isEqualTo(id);
    return fence;
  }

  private static Settlement.Succeeded done(Fence fence) {
    return new Settlement.Succeeded(fence, Duration.ofMillis(7));
  }

  private static Settlement.Again again(Fence fence, Duration delay, AttemptEnd end) {
    return new Settlement.Again(fence, delay, end, "no answer");
  }

  private JobView view(long id) {
    return store.jobs(JobFilter.all().only(id), 2).getFirst();
  }

  private JobStatus status(long id) {
    return view(id).status();
  }

  private static List<Long> ids(List<ClaimedJob> jobs) {
    return jobs.stream().map(job -> job.fence().id()).toList();
  }

  /** What producers may rely on. */
  @Nested
  class Enqueueing {

    @Test
    void numbersJobsInTheirOrder() {
      var jobs = IntStream.range(0, 300).mapToObj(i -> mail().build()).toList();

      var outcomes = store.enqueue(jobs);

      assertThat(outcomes).hasSize(300).extracting(JobStoreContract::added).isSorted();
      assertThat(store.count(JobFilter.in(Set.of(JobStatus.READY)))).isEqualTo(300);
    }

    @Test
    void keepsWhatItIsGiven() {
      var id = add(mail().queue("post").priority(Priority.LOW).maxAttempts(3).unique("once"));

      assertThat(view(id))
          .isEqualTo(new JobView(
              id,
              "post",
              Priority.LOW,
              "mail",
              1,
              JobStatus.READY,
              0,
              3,
              view(id).createdAt(),
              view(id).dueAt(),
              Optional.empty(),
              "{\"to\":\"ada\"}",
              Optional.of("once"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    @Test
    void storesOneOfSeveralWithTheSameKey() {
      var outcomes = store.enqueue(List.of(
          mail().unique("a").build(),
          mail().build(),
          mail().unique("a").build(),
          mail().unique("b").build()));

      assertThat(outcomes.get(2)).isEqualTo(new Enqueued.Duplicate("a"));
      assertThat(store.enqueue(List.of(mail().unique("b").build())))
          .containsExactly(new Enqueued.Duplicate("b"));
      assertThat(outcomes.stream().filter(Enqueued.Added.class::isInstance)).hasSize(3);
      assertThat(view(added(outcomes.get(3))).uniqueKey()).contains("b");
      assertThat(view(added(outcomes.get(1))).uniqueKey()).isEmpty();
    }

    @Test
    void givesAKeyBackWhenItsJobHasEnded() {
      add(mail().unique("a"));
      store.settle(List.of(done(claimOne(worker()).fence())));

      assertThat(store.enqueue(List.of(mail().unique("a").build())).getFirst())
          .isInstanceOf(Enqueued.Added.class);
    }

    @Test
    void storesOneOfManyThatRaceForAKey() throws Exception {
      Callable<Enqueued> race =
          () -> store.enqueue(List.of(mail().unique("a").build())).getFirst();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var outcomes = new ArrayList<Enqueued>();
        for (var future : threads.invokeAll(Collections.nCopies(50, race))) {
          outcomes.add(future.get());
        }

        assertThat(outcomes.stream().filter(Enqueued.Added.class::isInstance)).hasSize(1);
      }
    }

    @Test
    void refusesPayloadsThatAreTooLarge() {
      var large = NewJob.builder("mail", 1, "x".repeat(NewJob.MAX_PAYLOAD + 1));

      assertThatThrownBy(large::build)
          .hasMessage(
              "the payload of a job of kind 'mail' has 262,145 bytes, and 262,144 are allowed:"
                  + " store what is large elsewhere, and its address in the job");
    }

    @Test
    void knowsWhatIsForLongerThanADatabaseCanTell() {
      var last = Instant.parse("9999-12-31T23:59:59Z");

      var late = add(mail().in(Delays.LONGEST).expiresAfter(Delays.LONGEST));
      var latest = add(mail().at(last));
      var first = add(mail().at(Instant.parse("0001-01-01T00:00:00Z")));

      assertThat(status(late)).isEqualTo(JobStatus.SCHEDULED);
      assertThat(view(latest).dueAt()).isEqualTo(last);
      assertThat(status(first)).isEqualTo(JobStatus.READY);
      assertThatThrownBy(() -> mail().in(Delays.LONGEST.plusNanos(1)))
          .hasMessage("delay must be from 0 to 36,500 days, was PT876000H0.000000001S");
      assertThatThrownBy(() -> mail().at(last.plusNanos(1)))
          .hasMessage("moment must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, was"
              + " 9999-12-31T23:59:59.000000001Z");
      assertThatThrownBy(
              () -> mail().expiresAfter(ChronoUnit.FOREVER.getDuration()).build())
          .hasMessageStartingWith("expiresAfter must be positive and at most 36,500 days, was ");
    }

    @Test
    void isDoneByInterruptedThreadsAsWell() {
      Thread.currentThread().interrupt();

      var id = add(mail());

      assertThat(Thread.interrupted()).isTrue();
      assertThat(status(id)).isEqualTo(JobStatus.READY);
    }

    @Test
    void cannotBeDoneAfterTheClose() {
      store.close();

      assertThatThrownBy(() -> add(mail())).isInstanceOf(IllegalStateException.class);
    }
  }

  /** What a claim gives. */
  @Nested
  class Claiming {

    @Test
    void givesAJobToOneWorkerOnly() {
      var id = add(mail());
      var first = worker();
      var second = worker();

      assertThat(ids(claim(first))).containsExactly(id);
      assertThat(claim(second)).isEmpty();
      assertThat(status(id)).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void tellsAllAboutTheJob() {
      var id = add(mail().maxAttempts(7));

      var job = claimOne(worker());

      assertThat(job)
          .isEqualTo(new ClaimedJob(
              new Fence(id, job.fence().token()),
              "default",
              Priority.NORMAL,
              new JobForm("mail", 1),
              "{\"to\":\"ada\"}",
              1,
              7,
              job.dueAt()));
    }

    @Test
    void waitsForTheTimeOfAJob() throws Exception {
      var id = add(mail().in(Duration.ofMinutes(5)));
      var worker = store.register("patient", Duration.ofHours(1));

      assertThat(claim(worker)).isEmpty();
      assertThat(status(id)).isEqualTo(JobStatus.SCHEDULED);
      assertThat(store.untilDue(Set.of("default")).orElseThrow())
          .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
      pass(Duration.ofMinutes(5));
      assertThat(ids(claim(worker))).containsExactly(id);
      assertThat(store.untilDue(Set.of("default"))).isEmpty();
    }

    @Test
    void startsWithTheOneThatWasDueFirst() {
      var third = add(mail());
      var second = add(mail().at(store.now().minusSeconds(10)));
      var first = add(mail().at(store.now().minusSeconds(20)));

      assertThat(ids(claim(worker()))).containsExactly(first, second, third);
    }

    @Test
    void keepsToTheAsks() {
      var normal = add(mail());
      var high = add(mail().priority(Priority.HIGH));
      var elsewhere = add(mail().queue("other"));
      add(mail().queue("not asked for"));

      var jobs = claim(
          worker(),
          new Ask("default", Priority.HIGH, 10),
          new Ask("other", Priority.NORMAL, 10),
          new Ask("default", Priority.NORMAL, 10));

      assertThat(ids(jobs)).containsExactly(high, elsewhere, normal);
    }

    @Test
    void keepsToTheTotal() {
      store.enqueue(IntStream.range(0, 10).mapToObj(i -> mail().build()).toList());
      var ask = new Ask("default", Priority.NORMAL, 4);

      var jobs = store.claim(new ClaimRequest(worker(), MAIL, List.of(ask, ask, ask), 6));

      assertThat(jobs).hasSize(6);
    }

    @Test
    void leavesFormsAloneThatTheWorkerDoesNotServe() {
      var newer =
          store.enqueue(List.of(NewJob.builder("mail", 2, "{}").build())).getFirst();
      store.enqueue(List.of(NewJob.builder("fax", 1, "{}").build()));

      assertThat(claim(worker())).isEmpty();
      assertThat(store.unserved(MAIL))
          .containsExactly(new JobForm("fax", 1), new JobForm("mail", 2));
      assertThat(ids(store.claim(new ClaimRequest(
              worker(),
              Set.of(new JobForm("mail", 1), new JobForm("mail", 2)),
              List.of(new Ask("default", Priority.NORMAL, 5)),
              5))))
          .containsExactly(added(newer));
    }

    @Test
    void givesNothingToAWorkerWithoutALease() throws Exception {
      add(mail());
      var worker = worker();
      pass(TTL.plus(MOMENT));

      assertThat(claim(worker)).isEmpty();
      assertThat(claim(4_711)).isEmpty();
    }

    @Test
    void givesNoJobTwiceToWorkersThatRace() throws Exception {
      store.enqueue(IntStream.range(0, 400).mapToObj(i -> mail().build()).toList());
      var claimed = Collections.synchronizedList(new ArrayList<ClaimedJob>());
      Callable<Boolean> race = () -> {
        var worker = worker();
        for (var jobs = claimSome(worker); !jobs.isEmpty(); jobs = claimSome(worker)) {
          claimed.addAll(jobs);
        }
        return true;
      };

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var future : threads.invokeAll(List.of(race, race, race, race))) {
          future.get();
        }
      }

      assertThat(ids(claimed)).hasSize(400).doesNotHaveDuplicates();
      assertThat(claimed.stream().map(job -> job.fence().token())).doesNotHaveDuplicates();
    }

    private List<ClaimedJob> claimSome(long worker) {
      return claim(worker, new Ask("default", Priority.NORMAL, 7));
    }
  }

  /** How attempts end. */
  @Nested
  class Settling {

    @Test
    void marksAJobAsDone() {
      var id = add(mail());
      var fence = claimOne(worker()).fence();

      assertThat(store.settle(List.of(done(fence)))).isEmpty();

      assertThat(status(id)).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(store.attempts(id)).isEmpty();
    }

    @Test
    void refusesWhatHasEnded() {
      add(mail());
      var fence = claimOne(worker()).fence();
      store.settle(List.of(done(fence)));

      assertThat(store.settle(List.of(done(fence)))).containsExactly(fence);
    }

    @Test
    void refusesTheTokenOfAnEarlierAttempt() {
      var id = add(mail());
      var worker = worker();
      var stale = claimOne(worker).fence();
      store.settle(List.of(again(stale, Duration.ZERO, AttemptEnd.FAILED)));
      var current = claimOne(worker).fence();

      var refused = List.of(
          store.settle(List.of(done(stale))),
          store.settle(List.of(again(stale, Duration.ZERO, AttemptEnd.FAILED))),
          store.settle(List.of(new Settlement.Dead(stale, AttemptEnd.FAILED, "x"))),
          store.settle(List.of(new Settlement.Cancelled(stale, "x"))));

      assertThat(refused).containsOnly(Set.of(stale));
      assertThat(store.keepStep(stale, "charge", "1")).isFalse();
      assertThat(current.token()).isGreaterThan(stale.token());
      assertThat(status(id)).isEqualTo(JobStatus.RUNNING);
      assertThat(store.settle(List.of(done(current)))).isEmpty();
    }

    @Test
    void triesAgainAfterTheDelay() throws Exception {
      var id = add(mail());
      var worker = store.register("patient", Duration.ofHours(1));
      var fence = claimOne(worker).fence();

      store.settle(List.of(again(fence, Duration.ofMinutes(1), AttemptEnd.FAILED)));

      assertThat(view(id))
          .extracting(JobView::status, JobView::attempt, JobView::error)
          .containsExactly(JobStatus.RETRYING, 1, Optional.of("no answer"));
      assertThat(claim(worker)).isEmpty();
      pass(Duration.ofMinutes(1));
      assertThat(claimOne(worker).attempt()).isEqualTo(2);
      assertThat(store.attempts(id))
          .extracting(
              AttemptView::attempt, AttemptView::token, AttemptView::end, AttemptView::error)
          .containsExactly(tuple(1, fence.token(), AttemptEnd.FAILED, "no answer"));
    }

    @Test
    void keepsTheLongestDelay() {
      var id = add(mail());

      store.settle(List.of(again(claimOne(worker()).fence(), Delays.LONGEST, AttemptEnd.SNOOZED)));

      assertThat(view(id).dueAt()).isAfter(store.now().plus(Delays.LONGEST).minusSeconds(60));
    }

    @Test
    void countsNoAttemptThatWasReturnedAndLeavesItItsPlace() {
      var id = add(mail().at(store.now().minusSeconds(60)));
      var other = add(mail());
      var worker = worker();

      store.settle(List.of(again(claimOne(worker).fence(), Duration.ZERO, AttemptEnd.RETURNED)));

      var jobs = claim(worker);
      assertThat(ids(jobs)).containsExactly(id, other);
      assertThat(jobs.getFirst().attempt()).isEqualTo(1);
      assertThat(store.attempts(id).getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void keepsDeadLetters() {
      var id = add(mail());

      store.settle(List.of(new Settlement.Dead(
          claimOne(worker()).fence(), AttemptEnd.DISCARDED, "no such address")));

      assertThat(view(id))
          .extracting(JobView::status, JobView::error, JobView::payload)
          .containsExactly(JobStatus.DEAD, Optional.of("no such address"), "{\"to\":\"ada\"}");
      assertThat(store.attempts(id).getFirst().end()).isEqualTo(AttemptEnd.DISCARDED);
    }

    @Test
    void settlesManyAtOnceAndRefusesOnlyTheStale() {
      store.enqueue(IntStream.range(0, 6).mapToObj(i -> mail().build()).toList());
      var fences = claim(worker()).stream().map(ClaimedJob::fence).toList();
      store.settle(List.of(done(fences.get(1))));

      var refused = store.settle(List.of(
          done(fences.get(0)),
          done(fences.get(1)),
          again(fences.get(2), Duration.ZERO, AttemptEnd.FAILED),
          new Settlement.Dead(fences.get(3), AttemptEnd.FAILED, "x"),
          new Settlement.Cancelled(fences.get(4), "x")));

      assertThat(refused).containsExactly(fences.get(1));
      assertThat(store.jobs(JobFilter.all(), 10))
          .extracting(JobView::status)
          .containsExactly(
              JobStatus.RUNNING,
              JobStatus.CANCELLED,
              JobStatus.DEAD,
              JobStatus.READY,
              JobStatus.SUCCEEDED,
              JobStatus.SUCCEEDED);
    }

    @Test
    void acceptsOneOfManyThatRace() throws Exception {
      add(mail());
      var fence = claimOne(worker()).fence();
      Callable<Set<Fence>> race = () -> store.settle(List.of(done(fence)));

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var accepted = 0;
        for (var future : threads.invokeAll(List.of(race, race, race, race))) {
          accepted += future.get().isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(1);
      }
    }
  }

  /** What keeps a worker's jobs his. */
  @Nested
  class Leases {

    @Test
    void lastAsLongAsTheyAreRenewed() throws Exception {
      var id = add(mail());
      var worker = worker();
      var fence = claimOne(worker).fence();

      for (int i = 0; i < 5; i++) {
        pass(TTL.minusSeconds(2));
        assertThat(store.heartbeat(worker, TTL)).contains(List.of());
        assertThat(store.maintain(3)).isEqualTo(new Upkeep(0, 0, 0));
      }

      assertThat(status(id)).isEqualTo(JobStatus.RUNNING);
      assertThat(store.settle(List.of(done(fence)))).isEmpty();
    }

    @Test
    void cannotBeRenewedWhenTheyAreOver() throws Exception {
      var worker = worker();
      pass(TTL.plus(MOMENT));

      assertThat(store.heartbeat(worker, TTL)).isEmpty();
    }

    @Test
    void takeTheJobsWithThem() throws Exception {
      var id = add(mail());
      var dead = worker();
      var stale = claimOne(dead).fence();
      pass(TTL.plus(MOMENT));

      assertThat(store.maintain(3)).isEqualTo(new Upkeep(1, 0, 0));

      var job = claimOne(worker());
      assertThat(job.fence().id()).isEqualTo(id);
      assertThat(job.attempt()).isEqualTo(2);
      assertThat(store.settle(List.of(done(stale)))).containsExactly(stale);
      assertThat(store.attempts(id))
          .extracting(AttemptView::end, AttemptView::error)
          .containsExactly(tuple(AttemptEnd.LEASE_LOST, "worker " + dead + " lost its lease"));
    }

    @Test
    void areGivenUpByAWorkerThatRetires() {
      add(mail());
      var worker = worker();
      claimOne(worker);

      store.retire(worker);

      assertThat(store.maintain(3).requeued()).isEqualTo(1);
      assertThat(store.workers()).isEmpty();
    }

    @Test
    void buryTheJobThatLosesThemTooOften() throws Exception {
      var id = add(mail());
      for (int i = 1; i <= 2; i++) {
        claimOne(worker());
        pass(TTL.plus(MOMENT));
        assertThat(store.maintain(3).requeued()).isEqualTo(1);
      }
      var last = worker();
      claimOne(last);
      pass(TTL.plus(MOMENT));

      assertThat(store.maintain(3)).isEqualTo(new Upkeep(0, 1, 0));

      assertThat(view(id))
          .extracting(JobView::status, JobView::error)
          .containsExactly(
              JobStatus.DEAD,
              Optional.of("worker " + last
                  + " lost its lease, as those of 3 attempts did: the job may be what kills them"));
    }

    @Test
    void areShown() {
      add(mail());
      var worker = worker();
      claimOne(worker);

      assertThat(store.workers()).singleElement().satisfies(view -> {
        assertThat(view.id()).isEqualTo(worker);
        assertThat(view.name()).isEqualTo("worker");
        assertThat(view.running()).isEqualTo(1);
        assertThat(view.lease()).isBetween(Duration.ofSeconds(5), TTL);
      });
    }

    @Test
    void areRequeuedOnceByWorkersThatRace() throws Exception {
      store.enqueue(IntStream.range(0, 50).mapToObj(i -> mail().build()).toList());
      claim(worker());
      pass(TTL.plus(MOMENT));
      var requeued = new AtomicInteger();
      Callable<Integer> race = () -> requeued.addAndGet(store.maintain(3).requeued());

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var future : threads.invokeAll(List.of(race, race, race, race))) {
          future.get();
        }
      }

      assertThat(requeued).hasValue(50);
      assertThat(claim(worker())).hasSize(50);
    }
  }

  /** What operators do. */
  @Nested
  class Operating {

    @Test
    void cancelsWhatHasNotStarted() {
      var id = add(mail().unique("a"));

      assertThat(store.cancel(id)).isEqualTo(Cancellation.CANCELLED);

      assertThat(status(id)).isEqualTo(JobStatus.CANCELLED);
      assertThat(claim(worker())).isEmpty();
      assertThat(store.cancel(id)).isEqualTo(Cancellation.NOT_FOUND);
      assertThat(store.enqueue(List.of(mail().unique("a").build())).getFirst())
          .isInstanceOf(Enqueued.Added.class);
    }

    @Test
    void tellsTheWorkerOfARunningJob() {
      var id = add(mail());
      add(mail());
      var worker = worker();
      var fence = claimOne(worker).fence();
      claimOne(worker);

      assertThat(store.cancel(id)).isEqualTo(Cancellation.REQUESTED);

      assertThat(store.heartbeat(worker, TTL)).contains(List.of(fence));
      assertThat(status(id)).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void triesNothingAgainThatWasCancelledMeanwhile() {
      var id = add(mail());
      var fence = claimOne(worker()).fence();
      store.cancel(id);

      assertThat(store.settle(List.of(again(fence, Duration.ZERO, AttemptEnd.FAILED))))
          .isEmpty();

      assertThat(status(id)).isEqualTo(JobStatus.CANCELLED);
      assertThat(store.attempts(id))
          .extracting(AttemptView::end)
          .containsExactly(AttemptEnd.CANCELLED);
    }

    @Test
    void givesUpWhatDidNotStartInTime() throws Exception {
      var late = add(mail().expiresAfter(Duration.ofSeconds(5)));
      var worker = worker();
      pass(Duration.ofSeconds(6));

      assertThat(claim(worker)).isEmpty();
      assertThat(store.maintain(3)).isEqualTo(new Upkeep(0, 0, 1));
      assertThat(status(late)).isEqualTo(JobStatus.EXPIRED);
    }

    @Test
    void makesJobsOfDeadLetters() {
      var id = add(mail().queue("post").maxAttempts(4).unique("a"));
      store.cancel(id);

      assertThat(store.redrive(JobFilter.deadLetters().ofQueue("other"), 10)).isEmpty();
      assertThat(store.redrive(JobFilter.deadLetters().ofQueue("post"), 10)).containsExactly(id);

      assertThat(store.jobs(JobFilter.all(), 10)).singleElement().satisfies(job -> {
        assertThat(job.id()).isGreaterThan(id);
        assertThat(job.redriven()).contains(id);
        assertThat(job.status()).isEqualTo(JobStatus.READY);
        assertThat(job.attempt()).isZero();
        assertThat(job.maxAttempts()).isEqualTo(4);
        assertThat(job.uniqueKey()).contains("a");
      });
    }

    @Test
    void leavesDeadLettersWhoseKeyIsTaken() {
      var first = add(mail().unique("a"));
      store.cancel(first);
      var second = add(mail().unique("a"));
      store.cancel(second);

      assertThat(store.redrive(JobFilter.deadLetters(), 10)).containsExactly(first);

      assertThat(status(second)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void redrivesTheOldestFirstAndNoMoreThanAsked() {
      var first = add(mail());
      var second = add(mail());
      add(mail());
      store.jobs(JobFilter.all(), 5).forEach(job -> store.cancel(job.id()));

      assertThat(store.redrive(JobFilter.deadLetters(), 2)).containsExactly(first, second);
      assertThat(store.count(JobFilter.deadLetters())).isEqualTo(1);
    }

    @Test
    void findsByWhatWentWrong() {
      add(mail());
      var fence = claimOne(worker()).fence();
      store.settle(List.of(new Settlement.Dead(fence, AttemptEnd.FAILED, "100% of _Disk_ used")));

      assertThat(store.count(JobFilter.deadLetters().withError("% of _disk"))).isEqualTo(1);
      assertThat(store.count(JobFilter.deadLetters().withError("1%d"))).isZero();
    }

    @Test
    void findsWordsOfAnyLanguage() {
      var fence = claimed(add(mail()));
      store.settle(List.of(new Settlement.Dead(fence, AttemptEnd.FAILED, "Überlauf in Århus")));

      assertThat(store.count(JobFilter.deadLetters().withError("Überlauf IN Å")))
          .isEqualTo(1);
    }

    @Test
    void pagesByNumber() {
      store.enqueue(IntStream.range(0, 5).mapToObj(i -> mail().build()).toList());

      var first = store.jobs(JobFilter.all(), 2);
      var second = store.jobs(JobFilter.all().before(first.getLast().id()), 10);

      assertThat(first).hasSize(2);
      assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
    }

    @Test
    void showsQueues() {
      add(mail());
      add(mail().in(Duration.ofHours(1)));
      add(mail().queue("post"));
      store.cancel(add(mail().queue("post")));
      claim(worker(), new Ask("post", Priority.NORMAL, 1));
      store.limit("quiet", QueueLimits.NONE.paused());

      assertThat(store.queues())
          .extracting(
              QueueView::name,
              QueueView::ready,
              QueueView::scheduled,
              QueueView::running,
              QueueView::dead)
          .containsExactly(
              tuple("default", 1L, 1L, 0L, 0L),
              tuple("post", 0L, 0L, 1L, 1L),
              tuple("quiet", 0L, 0L, 0L, 0L));
      assertThat(store.queues().getFirst().oldest()).isPresent();
      assertThat(store.queues().getLast().limits().isPaused()).isTrue();
    }
  }

  /** What holds jobs back. */
  @Nested
  class Limits {

    @Test
    void pauseAQueue() {
      var id = add(mail());
      var worker = worker();
      store.limit("default", QueueLimits.NONE.paused());

      assertThat(claim(worker)).isEmpty();
      store.limit("default", store.limits("default").resumed());

      assertThat(ids(claim(worker))).containsExactly(id);
    }

    @Test
    void boundHowManyRunAtOnceOverAllWorkers() {
      store.enqueue(IntStream.range(0, 9).mapToObj(i -> mail().build()).toList());
      store.limit("default", new QueueLimits(false, OptionalInt.of(3), Optional.empty()));
      var first = worker();

      var jobs = claim(first, new Ask("default", Priority.NORMAL, 2));
      assertThat(jobs).hasSize(2);
      assertThat(claim(worker())).hasSize(1);
      assertThat(claim(worker())).isEmpty();

      store.settle(List.of(done(jobs.getFirst().fence())));
      assertThat(claim(first)).hasSize(1);
    }

    @Test
    void boundHowManyRunAtOnceWhenWorkersRace() throws Exception {
      store.enqueue(IntStream.range(0, 60).mapToObj(i -> mail().build()).toList());
      store.limit("default", new QueueLimits(false, OptionalInt.of(5), Optional.empty()));
      Callable<Integer> race =
          () -> claim(worker(), new Ask("default", Priority.NORMAL, 2)).size();
      var claimed = 0;

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var future : threads.invokeAll(Collections.nCopies(10, race))) {
          claimed += future.get();
        }
      }

      assertThat(claimed).isEqualTo(5);
    }

    @Test
    void boundHowManyStartInAWhile() throws Exception {
      store.enqueue(IntStream.range(0, 50).mapToObj(i -> mail().build()).toList());
      store.limit(
          "default", new QueueLimits(false, OptionalInt.empty(), Optional.of(new Rate(0.1, 3))));
      var worker = store.register("patient", Duration.ofHours(1));

      assertThat(claim(worker)).hasSize(3);
      assertThat(claim(worker)).isEmpty();
      assertThat(store.untilDue(Set.of("default")).orElseThrow())
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
      pass(Duration.ofSeconds(20));
      assertThat(claim(worker)).hasSize(2);
      pass(Duration.ofMinutes(10));
      assertThat(claim(worker)).hasSize(3);
    }

    @Test
    void areKept() {
      var limits = new QueueLimits(true, OptionalInt.of(4), Optional.of(new Rate(2.5, 10)));

      store.limit("default", limits);

      assertThat(store.limits("default")).isEqualTo(limits);
      assertThat(store.limits("other")).isEqualTo(QueueLimits.NONE);
    }
  }

  /** What is kept of a job that takes long. */
  @Nested
  class Steps {

    @Test
    void areForgottenWithAJobThatDidNotStartInTime() throws Exception {
      var id = add(mail().expiresAfter(Duration.ofSeconds(5)));
      var fence = claimOne(worker()).fence();
      store.keepStep(fence, "charge", "1");
      store.settle(List.of(again(fence, Duration.ZERO, AttemptEnd.RETURNED)));
      pass(Duration.ofSeconds(6));

      store.maintain(3);

      assertThat(status(id)).isEqualTo(JobStatus.EXPIRED);
      assertThat(store.steps(id)).isEmpty();
    }

    @Test
    void areKeptOverAttemptsAndForgottenAtTheEnd() {
      var id = add(mail());
      var worker = worker();
      var first = claimOne(worker).fence();

      assertThat(store.keepStep(first, "charge", "{\"receipt\":1}")).isTrue();
      assertThat(store.keepStep(first, "charge", "{\"receipt\":2}")).isTrue();
      store.settle(List.of(again(first, Duration.ZERO, AttemptEnd.FAILED)));
      var second = claimOne(worker).fence();

      assertThat(store.steps(id)).containsExactly(Map.entry("charge", "{\"receipt\":2}"));
      store.settle(List.of(done(second)));
      assertThat(store.steps(id)).isEmpty();
    }
  }

  /** What fires at its time. */
  @Nested
  class Schedules {

    @Test
    void rememberTheNextTimeOfTheSamePlan() {
      var soon = store.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
      var later = soon.plusSeconds(60);

      assertThat(store.schedule("nightly", "0 3 * * *", Optional.of(soon))).contains(soon);
      assertThat(store.schedule("nightly", "0 3 * * *", Optional.of(later))).contains(soon);
      assertThat(store.schedule("nightly", "0 4 * * *", Optional.of(later))).contains(later);
    }

    @Test
    void fireOnceForAMomentHoweverManyAsk() throws Exception {
      var moment = store.now().truncatedTo(ChronoUnit.SECONDS);
      var next = moment.plusSeconds(60);
      store.schedule("nightly", "plan", Optional.of(moment));
      Callable<Optional<Enqueued>> race =
          () -> store.fire("nightly", moment, Optional.of(next), mail().build());
      var fired = new HashSet<Enqueued>();

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var future : threads.invokeAll(Collections.nCopies(8, race))) {
          future.get().ifPresent(fired::add);
        }
      }

      assertThat(fired).hasSize(1);
      assertThat(store.count(JobFilter.all())).isEqualTo(1);
      assertThat(store.schedule("nightly", "plan", Optional.empty())).contains(next);
    }
  }

  /** What a worker has that does not know it. */
  @Nested
  class ClaimsWithoutAnAnswer {

    @Test
    void areTakenBackAndNothingElseIs() {
      var known = add(mail());
      var worker = worker();
      var newest = claimOne(worker).fence().token();
      var lost = add(mail());
      claim(worker); // and the answer goes astray
      var others = add(mail());
      claim(worker());

      assertThat(store.takeBack(worker, newest)).isEqualTo(1);

      assertThat(status(known)).isEqualTo(JobStatus.RUNNING);
      assertThat(status(others)).isEqualTo(JobStatus.RUNNING);
      assertThat(view(lost).status()).isEqualTo(JobStatus.READY);
      assertThat(view(lost).attempt()).isZero();
      assertThat(store.attempts(lost))
          .extracting(AttemptView::end)
          .containsExactly(AttemptEnd.RETURNED);
    }
  }

  /** What operators do to many jobs. */
  @Nested
  class Operations {

    private long dead(String error) {
      var id = add(mail());
      var fence = claim(worker()).getFirst().fence();
      store.settle(List.of(new Settlement.Dead(fence, AttemptEnd.DISCARDED, error)));
      return id;
    }

    @Test
    void letWhatWaitsStartNow() throws Exception {
      var scheduled = add(mail().in(Duration.ofHours(1)));
      var other = add(mail().queue("other").in(Duration.ofHours(1)));

      assertThat(store.hurry(JobFilter.all().ofQueue("default"), 10)).containsExactly(scheduled);
      pass(MOMENT);

      assertThat(ids(claim(worker()))).containsExactly(scheduled);
      assertThat(status(other)).isEqualTo(JobStatus.SCHEDULED);
      assertThat(store.hurry(JobFilter.all().ofQueue("default"), 10)).isEmpty();
    }

    @Test
    void takeTheOldestAndNoMoreThanAsked() {
      var first = add(mail().in(Duration.ofHours(1)));
      add(mail().in(Duration.ofHours(1)));

      assertThat(store.hurry(JobFilter.all(), 1)).containsExactly(first);
    }

    @Test
    void forgetDeadLettersAndNothingElse() {
      var gone = dead("no answer");
      var stays = dead("no such address");
      var waiting = add(mail().in(Duration.ofHours(1)));

      assertThat(store.discard(JobFilter.all().withError("NO ANSWER"), 10)).containsExactly(gone);

      assertThat(store.jobs(JobFilter.all(), 10))
          .extracting(JobView::id)
          .containsExactly(waiting, stays);
      assertThat(store.attempts(gone)).isEmpty();
      assertThat(store.attempts(stays)).hasSize(1);
    }

    @Test
    void keepAttemptsAsLongAsTheJobThatCameOfThem() {
      var first = dead("no answer");
      var second = again(first);
      die(second);
      assertThat(store.attempts(first)).hasSize(1);

      var third = again(second);
      assertThat(store.attempts(first)).isEmpty();
      assertThat(store.attempts(second)).hasSize(1);

      die(third);
      store.discard(JobFilter.deadLetters(), 10);
      assertThat(store.attempts(second)).isEmpty();
    }

    private void die(long id) {
      store.settle(List.of(new Settlement.Dead(claimed(id), AttemptEnd.DISCARDED, "no answer")));
    }

    /** Redrives a dead letter, and returns the number of the new job. */
    private long again(long dead) {
      assertThat(store.redrive(JobFilter.deadLetters().only(dead), 1)).containsExactly(dead);
      return store.jobs(JobFilter.waiting(), 1).getFirst().id();
    }

    @Test
    void forgetWhatEndedLongAgo() throws Exception {
      var old = add(mail());
      store.settle(List.of(done(claimOne(worker()).fence())));
      var dead = dead("no answer");
      pass(Duration.ofHours(2));
      var young = add(mail());
      store.settle(List.of(done(claimOne(worker()).fence())));
      var hour = Optional.of(Duration.ofHours(1));

      assertThat(store.purge(new Retention(Optional.empty(), Optional.empty()), 10))
          .isZero();
      assertThat(store.purge(new Retention(hour, Optional.empty()), 10)).isEqualTo(1);

      assertThat(store.jobs(JobFilter.all(), 10))
          .extracting(JobView::id)
          .containsExactly(young, dead)
          .doesNotContain(old);
      assertThat(store.purge(new Retention(hour, hour), 10)).isEqualTo(1);
      assertThat(store.attempts(dead)).isEmpty();
    }

    @Test
    void forgetNoMoreAtOnceThanAsked() throws Exception {
      for (int i = 0; i < 3; i++) {
        add(mail());
        store.settle(List.of(done(claimOne(worker()).fence())));
      }
      pass(Duration.ofHours(2));
      var retention = new Retention(Optional.of(Duration.ofHours(1)), Optional.empty());

      assertThat(store.purge(retention, 2)).isEqualTo(2);
      assertThat(store.purge(retention, 2)).isEqualTo(1);
      assertThat(store.purge(retention, 2)).isZero();
    }
  }

  /** What is found and shown. */
  @Nested
  class Searches {

    private List<Long> found(JobFilter filter) {
      return store.search(filter, 10).jobs().stream().map(JobView::id).toList();
    }

    @Test
    void goOnPageByPage() {
      var ids = new ArrayList<Long>();
      for (int i = 0; i < 5; i++) {
        ids.addFirst(add(mail()));
      }

      var first = store.search(JobFilter.all(), 2);
      var second = store.search(JobFilter.all().before(first.next().orElseThrow()), 2);
      var third = store.search(JobFilter.all().before(second.next().orElseThrow()), 2);

      assertThat(first.jobs()).extracting(JobView::id).isEqualTo(ids.subList(0, 2));
      assertThat(second.jobs()).extracting(JobView::id).isEqualTo(ids.subList(2, 4));
      assertThat(third.jobs()).extracting(JobView::id).isEqualTo(ids.subList(4, 5));
      assertThat(third.next()).isEmpty();
    }

    @Test
    void lookAtSomeThousandJobsAndNoMore() {
      var wanted = add(mail().queue("rare"));
      store.enqueue(Collections.nCopies(12_000, mail().build()));
      var seen = new ArrayList<Long>();
      var filter = JobFilter.all().ofQueue("rare");

      var page = store.search(filter, 10);
      while (page.next().isPresent()) {
        page.jobs().forEach(job -> seen.add(job.id()));
        page = store.search(filter.before(page.next().getAsLong()), 10);
      }
      page.jobs().forEach(job -> seen.add(job.id()));

      assertThat(seen).containsExactly(wanted);
      assertThat(store.queues())
          .filteredOn(queue -> queue.name().equals("default"))
          .extracting(QueueView::ready)
          .allSatisfy(ready -> assertThat(ready).isBetween(QueueViews.MOST_COUNTED, 12_000L));
    }

    @Test
    void comeFromAllTablesInOneOrder() {
      var done = add(mail());
      store.settle(List.of(done(claimOne(worker()).fence())));
      var dead = add(mail());
      store.settle(List.of(
          new Settlement.Dead(claimOne(worker()).fence(), AttemptEnd.DISCARDED, "no answer")));
      var ready = add(mail());

      assertThat(found(JobFilter.all())).containsExactly(ready, dead, done);
      assertThat(found(JobFilter.in(Set.of(JobStatus.SUCCEEDED)))).containsExactly(done);
      assertThat(found(JobFilter.deadLetters())).containsExactly(dead);
      assertThat(found(JobFilter.in(Set.of()))).isEmpty();
      assertThat(store.deadLetters(10)).singleElement().satisfies(letter -> {
        assertThat(letter.id()).isEqualTo(dead);
        assertThat(letter.error()).isEqualTo("no answer");
        assertThat(letter.status()).isEqualTo(JobStatus.DEAD);
      });
    }

    @Test
    void narrowDownByKindPayloadAndTime() throws Exception {
      var mail = add(NewJob.builder("email.send", 1, "{\"to\":\"Ada_1\"}"));
      var check = add(NewJob.builder("email.check", 1, "{\"to\":\"AdaX1\"}"));
      var other = add(NewJob.builder("Email.send", 1, "{}"));

      assertThat(found(JobFilter.all().ofKind("email.*"))).containsExactly(check, mail);
      assertThat(found(JobFilter.all().ofKind("email.send"))).containsExactly(mail);
      assertThat(found(JobFilter.all().withPayload("ada_1"))).containsExactly(mail);
      assertThat(found(JobFilter.all().only(List.of(mail, other)))).containsExactly(other, mail);
      assertThat(found(JobFilter.all().since(store.now().minusSeconds(60)))).hasSize(3);
      assertThat(found(JobFilter.all().since(store.now().plusSeconds(60)))).isEmpty();
    }

    @Test
    void tellWhoHasAJobAndSinceWhen() {
      var id = add(mail());
      assertThat(view(id).worker()).isEmpty();
      var worker = worker();
      var fence = claimOne(worker).fence();

      assertThat(view(id).worker()).contains(worker);
      assertThat(view(id).startedAt()).isPresent();
      store.settle(List.of(again(fence, Duration.ofHours(1), AttemptEnd.FAILED)));
      assertThat(view(id).worker()).isEmpty();
      assertThat(view(id).startedAt()).isEmpty();
    }
  }

  /** What workers count. */
  @Nested
  class FiguresOfWorkers {

    @Test
    void addUpByTheMinute() {
      store.add(List.of(
          new Amount("a", Measure.STARTED, 0, 3),
          new Amount("a", Measure.WAIT, 5, 3),
          new Amount("b", Measure.STARTED, 0, 1)));
      store.add(List.of(new Amount("a", Measure.STARTED, 0, 4)));

      var counted = store.counted(Duration.ofMinutes(5));

      assertThat(counted)
          .filteredOn(amount ->
              amount.amount().queue().equals("a") && amount.amount().measure() == Measure.STARTED)
          .extracting(amount -> amount.amount().count())
          .satisfies(counts ->
              assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(7));
      assertThat(counted)
          .anySatisfy(
              amount -> assertThat(amount.amount()).isEqualTo(new Amount("a", Measure.WAIT, 5, 3)))
          .allSatisfy(amount -> assertThat(amount.minute())
              .isEqualTo(amount.minute().truncatedTo(ChronoUnit.MINUTES)));
    }
  }

  @Test
  void showsSchedules() {
    var next = store.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    store.schedule("nightly", "0 3 * * * UTC", Optional.of(next));

    assertThat(store.schedules())
        .containsExactly(new ScheduleView("nightly", "0 3 * * * UTC", Optional.of(next)));
  }

  @Test
  void tellsHowItsDatabaseIs() {
    assertThat(store.vitals().answer()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  /** Who hears of new jobs. */
  @Nested
  class Listening {

    @Test
    void hearsOfJobsUntilItEnds() {
      var calls = new AtomicInteger();
      try (var subscription = store.listen(calls::incrementAndGet)) {
        Awaitility.await().untilAsserted(() -> {
          add(mail());
          assertThat(calls).hasPositiveValue();
        });
      }
      var heard = calls.get();

      add(mail());

      assertThat(calls).hasValue(heard);
    }
  }
}
