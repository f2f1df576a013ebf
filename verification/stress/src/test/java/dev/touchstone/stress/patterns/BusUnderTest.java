package dev.touchstone.stress.patterns;

import dev.touchstone.patterns.observe.EventBus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.engio.mbassy.bus.MBassador;
import net.engio.mbassy.bus.error.IPublicationErrorHandler;
import net.engio.mbassy.listener.Handler;
import org.greenrobot.eventbus.Subscribe;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/** An event bus as its users get it by default, for events of any class. */
interface BusUnderTest extends AutoCloseable {

  /** The buses by name; ours is first. */
  Map<String, Supplier<BusUnderTest>> ALL = all();

  private static Map<String, Supplier<BusUnderTest>> all() {
    var all = new LinkedHashMap<String, Supplier<BusUnderTest>>();
    all.put("Touchstone", Touchstone::new);
    all.put("Guava", Guava::new);
    all.put("greenrobot", Greenrobot::new);
    all.put("MBassador", Mbassador::new);
    all.put("Spring", Spring::new);
    return all;
  }

  /** Subscribes a listener; what is returned removes it. */
  Runnable subscribe(Consumer<Object> listener);

  void post(Object event);

  @Override
  default void close() {}

  /** Our own. */
  final class Touchstone implements BusUnderTest {

    private final EventBus<Object> bus =
        EventBus.of(Object.class).onError(failure -> {}).build();

    @Override
    public Runnable subscribe(Consumer<Object> listener) {
      return bus.on(Object.class, listener::accept)::close;
    }

    @Override
    public void post(Object event) {
      bus.post(event);
    }
  }

  /** That of Guava. */
  final class Guava implements BusUnderTest {

    private final com.google.common.eventbus.EventBus bus =
        new com.google.common.eventbus.EventBus((failure, context) -> {});

    /** A listener as this bus wants it. */
    public record Annotated(Consumer<Object> listener) {

      /** Passes the event on. */
      @com.google.common.eventbus.Subscribe
      public void on(Object event) {
        listener.accept(event);
      }
    }

    @Override
    public Runnable subscribe(Consumer<Object> listener) {
      var annotated = new Annotated(listener);
      bus.register(annotated);
      return () -> bus.unregister(annotated);
    }

    @Override
    public void post(Object event) {
      bus.post(event);
    }
  }

  /** That of greenrobot. */
  final class Greenrobot implements BusUnderTest {

    private final org.greenrobot.eventbus.EventBus bus = org.greenrobot.eventbus.EventBus.builder()
        .logSubscriberExceptions(false)
        .sendSubscriberExceptionEvent(false)
        .sendNoSubscriberEvent(false)
        .build();

    /** A listener as this bus wants it. */
    public static final class Annotated {

      private final Consumer<Object> listener;

      private Annotated(Consumer<Object> listener) {
        this.listener = listener;
      }

      /** Passes the event on. */
      @Subscribe
      public void on(Object event) {
        listener.accept(event);
      }
    }

    @Override
    public Runnable subscribe(Consumer<Object> listener) {
      var annotated = new Annotated(listener);
      bus.register(annotated);
      return () -> bus.unregister(annotated);
    }

    @Override
    public void post(Object event) {
      bus.post(event);
    }
  }

  /** MBassador. */
  final class Mbassador implements BusUnderTest {

    private final MBassador<Object> bus = new MBassador<>((IPublicationErrorHandler) failure -> {});

    /** A listener as this bus wants it. */
    public static final class Annotated {

      private final Consumer<Object> listener;

      private Annotated(Consumer<Object> listener) {
        this.listener = listener;
      }

      /** Passes the event on. */
      @Handler
      public void on(Object event) {
        listener.accept(event);
      }
    }

    @Override
    public Runnable subscribe(Consumer<Object> listener) {
      var annotated = new Annotated(listener);
      bus.subscribe(annotated);
      return () -> bus.unsubscribe(annotated);
    }

    @Override
    public void post(Object event) {
      bus.publish(event);
    }

    @Override
    public void close() {
      bus.shutdown();
    }
  }

  /** The multicaster that publishes the events of a Spring context. */
  final class Spring implements BusUnderTest {

    private final SimpleApplicationEventMulticaster bus = new SimpleApplicationEventMulticaster();

    @Override
    public Runnable subscribe(Consumer<Object> listener) {
      var generic = new GenericApplicationListener() {
        @Override
        public boolean supportsEventType(ResolvableType type) {
          return true;
        }

        @Override
        public void onApplicationEvent(ApplicationEvent event) {
          listener.accept(((PayloadApplicationEvent<?>) event).getPayload());
        }
      };
      bus.addApplicationListener(generic);
      return () -> bus.removeApplicationListener(generic);
    }

    @Override
    public void post(Object event) {
      bus.multicastEvent(new PayloadApplicationEvent<>(this, event));
    }
  }
}
