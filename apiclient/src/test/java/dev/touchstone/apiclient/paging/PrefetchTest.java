package dev.touchstone.apiclient.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.CancelledException;
import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PrefetchTest {

  private final AtomicInteger running = new AtomicInteger();
  private final CountDownLatch secondPage = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private ScriptedTransport.Script script = this::endless;
  private final ScriptedTransport transport =
      new ScriptedTransport(request -> script.answer(request));

  private Pages<Integer> pages(Executor executor) {
    return ApiClient.builder("https://api.test")
        .transport(transport)
        .executor(executor)
        .build()
        .pages(ApiRequest.get("p/1").as(new TypeRef<List<Integer>>() {}));
  }

  /** Runs tasks on the thread that asks, so that all is at rest when it returns. */
  @Nested
  class OnOneThread {

    private final Pages<Integer> pages = pages(Runnable::run);

    @Test
    void fetchesNothingBeforeTheFirstItemIsAskedFor() {
      pages.prefetch(3).iterator();
      pages.prefetch(3).stream();

      assertThat(transport.requests()).isEmpty();
    }

    @Test
    void fetchesNoMoreThanItHasRoomFor() {
      var items = pages.prefetch(2).iterator();

      assertThat(items.next()).isEqualTo(1);
      assertThat(transport.requests()).hasSize(3); // the one at hand, and two

      items.next();
      assertThat(transport.requests()).hasSize(4);
    }

    @Test
    void fetchesNoPageBeyondTheLimit() {
      assertThat(pages.limitPages(5).prefetch(3)).containsExactly(1, 2, 3, 4, 5);
      assertThat(transport.requests()).hasSize(5);
    }

    @Test
    void failsAfterThePagesBeforeTheFailure() {
      script = request ->
          number(request) < 3 ? endless(request) : ScriptedTransport.json(request, 404, "");
      var items = pages.prefetch(5).iterator();

      assertThat(items.next()).isEqualTo(1);
      assertThat(items.next()).isEqualTo(2);
      assertThatThrownBy(items::next).isExactlyInstanceOf(ClientErrorException.class);
      assertThat(items.hasNext()).isFalse();
    }

    @Test
    void noticesCircles() {
      script = request -> page(request, 1, 1);

      assertThatThrownBy(() -> pages.prefetch(2).forEach(item -> {}))
          .isInstanceOf(PagingException.class)
          .hasMessage("the pages run in circles after 1");
    }
  }

  @Nested
  class OnOtherThreads {

    private final Pages<Integer> pages = pages(task -> {
      running.incrementAndGet();
      Thread.startVirtualThread(() -> {
        try {
          task.run();
        } finally {
          running.decrementAndGet();
        }
      });
    });

    @Test
    void keepsTheOrder() {
      assertThat(pages.limitPages(300).prefetch(4))
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).boxed().toList());
      awaitRest();
    }

    @Test
    void isAtRestWhenItIsForgotten() {
      assertThat(pages.prefetch(2).iterator().next()).isEqualTo(1);

      awaitRest();
      assertThat(transport.requests()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void endsTheCallUnderWayWhenItsStreamIsClosed() throws InterruptedException {
      script = this::stallingAtTwo;
      try (var stream = pages.prefetch(1).stream()) {
        assertThat(stream.iterator().next()).isEqualTo(1);
        secondPage.await();
      }

      interrupted.await();
      awaitRest();
      assertThat(transport.requests()).hasSize(2);
    }

    @Test
    void endsTheCallUnderWayWhenItsThreadIsInterrupted() throws InterruptedException {
      script = this::stallingAtTwo;
      var failure = new CompletableFuture<Throwable>();
      var status = new CompletableFuture<Boolean>();
      var thread = Thread.ofPlatform().start(() -> {
        failure.complete(catchThrowable(() -> pages.prefetch(1).forEach(item -> {})));
        status.complete(Thread.currentThread().isInterrupted());
      });
      secondPage.await();
      await().until(() -> thread.getState() == Thread.State.WAITING);

      thread.interrupt();

      assertThat(failure.join())
          .isExactlyInstanceOf(CancelledException.class)
          .hasMessage("GET p/1: interrupted");
      assertThat(status.join()).isTrue();
      interrupted.await();
      awaitRest();
      assertThat(transport.requests()).hasSize(2);
    }

    private Response stallingAtTwo(Request request) {
      if (number(request) < 2) {
        return endless(request);
      }
      secondPage.countDown();
      try {
        new CountDownLatch(1).await();
        throw new AssertionError("nobody opens this latch");
      } catch (InterruptedException cancelled) {
        interrupted.countDown();
        Thread.currentThread().interrupt();
        return endless(request);
      }
    }

    private void awaitRest() {
      await().untilAsserted(() -> assertThat(running).hasValue(0));
    }
  }

  @Test
  void hasRoomForAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pages(Runnable::run).prefetch(0))
        .withMessage("prefetch must be at least 1, was 0");
  }

  private Response endless(Request request) {
    return page(request, number(request), number(request) + 1);
  }

  private static int number(Request request) {
    return Integer.parseInt(request.url().pathSegments().getLast());
  }

  private static Response page(Request request, int item, int next) {
    return ScriptedTransport.json(request, 200, "[" + item + "]")
        .newBuilder()
        .header("Link", "</p/" + next + ">; rel=next")
        .build();
  }
}
