package dev.touchstone.examples.patterns.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.lazy.Lazy;
import dev.touchstone.patterns.lazy.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SingletonTest {

  @Nested
  class TheForms {

    @Test
    void aHolderMakesItsTableAtTheFirstUse() {
      assertThat(Symbols.of("EUR")).isEqualTo("€");
      assertThat(Symbols.of("XXX")).isEqualTo("XXX");
    }

    @Test
    void theClassicFormGivesEverybodyTheSameObject() {
      assertThat(ClassicSpooler.getInstance()).isSameAs(ClassicSpooler.getInstance());
    }

    @Test
    void anObjectThatIsPassedOnIsOneAsWell() {
      var office = new Office(new ArrayList<>());

      office.print("report");

      assertThat(office.spooler()).containsExactly("report");
    }
  }

  @Nested
  class TwoThreadsAtTheFirstUse {

    /** Runs the getter in two threads, the second of which comes while the first makes the value. */
    private static Set<Object> objectsSeen(Supplier<Object> getter) throws Exception {
      var seen =
          Collections.synchronizedSet(Collections.<Object>newSetFromMap(new IdentityHashMap<>()));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        executor.execute(() -> seen.add(getter.get()));
        executor.execute(() -> seen.add(getter.get()));
      }
      return seen;
    }

    /** Holds whoever makes a value until two threads do, or until it is clear that one is kept out. */
    private final CountDownLatch bothInside = new CountDownLatch(2);

    private Object slowlyMade(Duration patience) {
      bothInside.countDown();
      try {
        var unused = bothInside.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new Object();
    }

    private Object instance;

    private Object naiveInstance() {
      if (instance == null) {
        instance = slowlyMade(Duration.ofMinutes(1)); // the other comes, however busy the machine
      }
      return instance;
    }

    @Test
    void naivelyGetTwoObjects() throws Exception {
      assertThat(objectsSeen(this::naiveInstance)).hasSize(2);
    }

    @Test
    void getOneOfALazyValue() throws Exception {
      var lazy = Lazy.of(() -> slowlyMade(Duration.ofMillis(200)));

      assertThat(objectsSeen(lazy::get)).hasSize(1);
    }
  }

  @Nested
  class StateThatOutlivesATest {

    @Test
    void naivelyIsSeenByTheNextTest() {
      ClassicSpooler.getInstance().print("left by one test");

      int seenByAnother = ClassicSpooler.getInstance().waiting();

      assertThat(seenByAnother).isPositive();
    }

    @Test
    void endsWithItsScope() {
      Supplier<Integer> aTest = () -> {
        try (var scope = new Scope()) {
          var counter = scope.single(AtomicInteger.class, AtomicInteger::new);
          return counter.get().incrementAndGet();
        }
      };

      assertThat(aTest.get()).isEqualTo(1);
      assertThat(aTest.get()).isEqualTo(1);
    }
  }

  @Nested
  class TwoClassLoaders {

    @Test
    void naivelyHaveAnObjectEach() throws Exception {
      var other = new Reloading().loadClass(ClassicSpooler.class.getName());
      var getter = other.getDeclaredMethod("getInstance");
      getter.setAccessible(true);

      assertThat(getter.invoke(null)).isNotSameAs(ClassicSpooler.getInstance());
    }

    @Test
    void shareAnObjectThatIsPassedOn() throws Exception {
      var shared = new ArrayList<String>();
      var other = new Reloading().loadClass(Office.class.getName());
      var constructor = other.getDeclaredConstructor(List.class);
      constructor.setAccessible(true);
      var print = other.getDeclaredMethod("print", String.class);
      print.setAccessible(true);

      new Office(shared).print("here");
      print.invoke(constructor.newInstance(shared), "there");

      assertThat(shared).containsExactly("here", "there");
    }

    /** Loads the classes of this package anew. */
    private static final class Reloading extends ClassLoader {

      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(SingletonTest.class.getPackageName())) {
          return super.loadClass(name, resolve);
        }
        try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
          var bytes = in.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
