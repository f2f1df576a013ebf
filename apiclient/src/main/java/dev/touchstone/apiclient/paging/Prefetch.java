package dev.touchstone.apiclient.paging;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.paging.Pages.Walk;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Fetches a few pages before they are asked for. */
final class Prefetch<P, T> implements PageSource<P> {

  /*
   * There is at most one call under way. Whoever finds none, and room for its page, makes the next
   * one: the iterating thread when it takes a page, or the thread on which a page arrives. So the
   * calls follow each other without a thread that watches over them, and when the room is used up,
   * everything is at rest: an iteration that was forgotten holds pages, and no thread or connection.
   *
   * The lock guards the fields below it; the fetching flag stands for the right to use the route.
   * The client and the paginator are called without the lock.
   */

  /** A page, or why there is none. */
  private record Outcome<P>(
      @Nullable ApiResponse<P> page, @Nullable Throwable failure) {}

  private final Walk<P, T> walk;
  private final Route<P, T> route;
  private final int room;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Outcome<P>> ready = new ArrayDeque<>();
  private boolean fetching;
  private boolean over;
  private @Nullable Future<?> flight;

  Prefetch(Walk<P, T> walk, Route<P, T> route, int room) {
    this.walk = walk;
    this.route = route;
    this.room = room;
  }

  @Override
  public Optional<ApiResponse<P>> next() {
    fetchNext();
    Outcome<P> outcome;
    try {
      outcome = await();
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      // The call below finds the thread interrupted and says so in the usual way, sending nothing.
      return Optional.of(walk.fetch().apply(walk.first()));
    }
    if (outcome == null) {
      return Optional.empty();
    }
    fetchNext();
    if (outcome.page == null) {
      throw rethrown(outcome.failure);
    }
    return Optional.of(outcome.page);
  }

  @Override
  public void close() {
    Future<?> current;
    lock.lock();
    try {
      over = true;
      ready.clear();
      current = flight;
    } finally {
      lock.unlock();
    }
    if (current != null) {
      current.cancel(true);
    }
  }

  /** Returns the next outcome; null after the last. */
  private @Nullable Outcome<P> await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (ready.isEmpty() && fetching) {
        arrived.await();
      }
      return ready.poll();
    } finally {
      lock.unlock();
    }
  }

  private void fetchNext() {
    if (!claim()) {
      return;
    }
    try {
      var request = route.next();
      if (request.isEmpty()) {
        landed(null);
      } else {
        fly(request.get());
      }
    } catch (RuntimeException | Error failure) {
      landed(new Outcome<>(null, failure));
    }
  }

  private boolean claim() {
    lock.lock();
    try {
      var free = !fetching && !over && ready.size() < room;
      fetching |= free;
      return free;
    } finally {
      lock.unlock();
    }
  }

  private void fly(ApiRequest<P> request) {
    CompletableFuture<ApiResponse<P>> call = walk.fetchAhead().apply(request);
    boolean tooLate;
    lock.lock();
    try {
      flight = call;
      tooLate = over;
    } finally {
      lock.unlock();
    }
    if (tooLate) {
      call.cancel(true);
    }
    var unused = call.whenComplete((page, failure) -> {
      landed(failure == null ? checked(page) : new Outcome<>(null, failure));
      fetchNext();
    });
  }

  private Outcome<P> checked(ApiResponse<P> page) {
    try {
      route.arrived(page);
      return new Outcome<>(page, null);
    } catch (RuntimeException | Error wrongWay) {
      return new Outcome<>(null, wrongWay);
    }
  }

  /** Hands over what came; nothing and a failure are the end. */
  private void landed(@Nullable Outcome<P> outcome) {
    lock.lock();
    try {
      fetching = false;
      flight = null;
      over |= outcome == null || outcome.page == null;
      if (outcome != null) {
        ready.add(outcome);
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
  }
}
