package dev.touchstone.documentation.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.DeadEvent;
import com.google.common.eventbus.Subscribe;
import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Overflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The examples of docs/migration/from-guava-event-bus.md. */
class GuavaEventBusSnippetsTest {

  sealed interface ShopEvent {}

  record Ordered(String article) implements ShopEvent {}

  record Returned(String article) implements ShopEvent {}

  private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

  // @start region="before-subscriber"
  final class Stock {
    @Subscribe
    public void take(Ordered event) {
      seen.add("one " + event.article() + " less");
    }
  }

  // @end

  @Test
  void busBefore() {
    // @start region="before-bus"
    var bus = new com.google.common.eventbus.EventBus(
        (failure, context) -> seen.add(context.getSubscriberMethod() + " failed"));
    var stock = new Stock();
    bus.register(stock);

    bus.post(new Ordered("tea"));
    bus.post("tea"); // compiles, and nobody hears of it

    bus.unregister(stock);
    // @end
    assertThat(seen).containsExactly("one tea less");
  }

  @Test
  void busAfter() {
    // @start region="after-bus"
    var bus = EventBus.of(ShopEvent.class)
        .onError(failure -> seen.add(failure.listener() + " failed"))
        .build();
    var stock = bus.on(Ordered.class, event -> seen.add("one " + event.article() + " less"));

    bus.post(new Ordered("tea"));
    // bus.post("tea") does not compile

    stock.close();
    // @end
    assertThat(seen).containsExactly("one tea less");
  }

  @Test
  void deadBefore() {
    var bus = new com.google.common.eventbus.EventBus();
    // @start region="before-dead"
    bus.register(new Object() {
      @Subscribe
      public void nobody(DeadEvent event) {
        seen.add("nobody took " + event.getEvent());
      }
    });
    // @end
    bus.post(new Returned("tea"));
    assertThat(seen).containsExactly("nobody took Returned[article=tea]");
  }

  @Test
  void deadAfter() {
    // @start region="after-dead"
    var bus = EventBus.of(ShopEvent.class)
        .onUndelivered(event -> seen.add("nobody took " + event))
        .build();
    // @end
    bus.post(new Returned("tea"));
    assertThat(seen).containsExactly("nobody took Returned[article=tea]");

    bus.on(Ordered.class, event -> seen.add(event));
    // @start region="after-complete"
    assertThatThrownBy(bus::requireHandlers) // at the start of the application, not at the event
        .hasMessageContaining("Returned");
    // @end
  }

  @Test
  void asyncBefore() {
    // @start region="before-async"
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var bus = new AsyncEventBus(executor); // for all subscribers; what waits is not bounded
    // @end
    bus.register(new Stock());
    bus.post(new Ordered("tea"));
    await().until(() -> seen.equals(List.of("one tea less")));
    executor.close();
  }

  @Test
  void asyncAfter() {
    // @start region="after-async"
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var bus = EventBus.of(ShopEvent.class).build();
    bus.on(Ordered.class)
        .via(executor) // for this listener
        .serial() // one event at a time, and in order
        .capacity(1_000, Overflow.block())
        .handle(event -> seen.add("one " + event.article() + " less"));
    // @end
    bus.post(new Ordered("tea"));
    bus.close(Duration.ofSeconds(5));
    executor.close();
    assertThat(seen).containsExactly("one tea less");
  }
}
