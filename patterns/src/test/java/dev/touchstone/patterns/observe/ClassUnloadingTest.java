package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Nothing pins a class: neither a bus the classes of its events and listeners, nor a class or a
 * thread that lives for ever the bus and the library.
 */
class ClassUnloadingTest {

  /** Loads the classes under a prefix anew, and all others from where the test got them. */
  private static final class Reloading extends ClassLoader {

    private final String prefix;

    Reloading(String prefix) {
      super(ClassUnloadingTest.class.getClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(prefix)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** An event of a plugin. */
  public static final class PluginEvent {}

  /** A listener of a plugin. */
  public static final class PluginListener implements Listener<Object> {
    @Override
    public void on(Object event) {}
  }

  @Test
  void aBusDoesNotKeepTheClassOfAnEvent() throws Exception {
    var bus = EventBus.of(Object.class).build();
    bus.on(Object.class, event -> {});

    var loader = postFromAPlugin(bus);

    awaitCollected(loader);
    assertThat(bus.post("still works")).isEqualTo(1);
  }

  private static WeakReference<ClassLoader> postFromAPlugin(EventBus<Object> bus) throws Exception {
    var loader = new Reloading(ClassUnloadingTest.class.getName() + "$Plugin");
    var event = loader.loadClass(PluginEvent.class.getName()).getConstructor().newInstance();
    assertThat(event).isNotInstanceOf(PluginEvent.class);
    assertThat(bus.post(event)).isEqualTo(1);
    return new WeakReference<>(loader);
  }

  @Test
  void aBusDoesNotKeepAListenerThatWasRemoved() throws Exception {
    var bus = EventBus.of(Object.class).build();
    bus.on(Object.class, event -> {});

    var loader = listenFromAPlugin(bus);

    awaitCollected(loader);
    assertThat(bus.post("still works")).isEqualTo(1);
  }

  private static WeakReference<ClassLoader> listenFromAPlugin(EventBus<Object> bus)
      throws Exception {
    var loader = new Reloading(ClassUnloadingTest.class.getName() + "$Plugin");
    var listener = (Listener<?>)
        loader.loadClass(PluginListener.class.getName()).getConstructor().newInstance();
    subscribeAndPost(bus, listener);
    return new WeakReference<>(loader);
  }

  @SuppressWarnings("unchecked")
  private static void subscribeAndPost(EventBus<Object> bus, Listener<?> listener) {
    try (var subscription = bus.on(Object.class, (Listener<Object>) listener)) {
      assertThat(bus.post("event")).isEqualTo(2);
      assertThat(subscription.isActive()).isTrue();
    }
  }

  /** Uses a bus with an event class, and on a thread, that outlive it. */
  public static final class UseOfTheLibrary implements Callable<Integer> {
    @Override
    public Integer call() {
      var bus = EventBus.of(Object.class).build();
      bus.on(String.class, event -> bus.post(1));
      bus.on(Integer.class, event -> {
        throw new IOException("reported");
      });
      var signal = Signal.create();
      signal.subscribe(event -> bus.post(event));
      return signal.emit("event") + bus.post("event");
    }
  }

  @Test
  void neitherThreadsNorEventClassesKeepTheLibrary() throws Exception {
    var loader = useAnotherCopyOfTheLibrary();

    awaitCollected(loader);
  }

  @SuppressWarnings("unchecked")
  private static WeakReference<ClassLoader> useAnotherCopyOfTheLibrary() throws Exception {
    var loader = new Reloading("dev.touchstone.patterns.");
    var use = (Callable<Integer>)
        loader.loadClass(UseOfTheLibrary.class.getName()).getConstructor().newInstance();
    assertThat(use).isNotInstanceOf(UseOfTheLibrary.class);
    assertThat(use.call()).isEqualTo(2);
    return new WeakReference<>(loader);
  }

  private static void awaitCollected(WeakReference<?> reference) {
    Awaitility.await().until(() -> {
      System.gc();
      return reference.get() == null;
    });
  }
}
