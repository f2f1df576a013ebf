package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.concurrency.channel.Waiter.Place;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The moments of the protocol that a race would hit once in a million, by a script. */
class WaitLineTest {

  private final ScriptedTime time = new ScriptedTime();
  private boolean ready;
  private final Crowd crowd = new Crowd();
  private final WaitLine line = new WaitLine(time, () -> ready, crowd);

  /** Waiters join at once, so that the scripts need no attempts for those that hover. */
  @BeforeEach
  void isCrowded() {
    crowd.wasSeen();
  }

  /** An attempt that does the given things one after another, null being no success. */
  private static Supplier<String> attempts(List<Supplier<String>> script) {
    var left = new ArrayDeque<>(script);
    return () -> left.remove().get();
  }

  @Test
  void triesAgainAfterJoiningForWhatCameBetween() throws Exception {
    line.wakeOne(); // it came after the try of the caller, and nobody was in line yet

    var result = line.await(new Waiter(null), () -> "came between", this);

    assertThat(result).isEqualTo("came between");
    assertThat(line.waiting()).isZero();
  }

  @Test
  void passesOnTheWakeUpOfAThreadThatIsInterruptedAtTheSameMoment() {
    var other = new Waiter(null);
    time.thenWhenParking(() -> {
      line.join(other);
      ready = true;
      line.wakeOne();
      Thread.currentThread().interrupt();
    });

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> line.await(new Waiter(null), () -> null, this));

    assertThat(other.place).isEqualTo(Place.CHOSEN);
  }

  @Test
  void passesOnTheWakeUpOfAThreadWhoseTimeIsOverAtTheSameMoment() throws Exception {
    var other = new Waiter(null);
    time.thenWhenParking(() -> {
      line.join(other);
      ready = true;
      line.wakeOne();
    });

    var result = line.await(new Waiter(new Deadline(1)), () -> null, this);

    assertThat(result).isNull();
    assertThat(other.place).isEqualTo(Place.CHOSEN);
  }

  @Test
  void passesOnTheWakeUpOfAThreadThatTookWhatIsThereBeforeItWasWoken() throws Exception {
    var other = new Waiter(null);
    var result = line.await(
        new Waiter(null),
        attempts(List.of(() -> {
          line.join(other);
          ready = true;
          line.wakeOne(); // chooses the thread that is just about to succeed
          return "taken";
        })),
        this);

    assertThat(result).isEqualTo("taken");
    assertThat(other.place).isEqualTo(Place.CHOSEN);
  }

  @Test
  void wakesNobodyWhileAWakeUpIsUnderWay() {
    var first = new Waiter(null);
    var second = new Waiter(null);
    line.join(first);
    line.join(second);

    line.wakeOne();
    line.wakeOne();

    assertThat(first.place).isEqualTo(Place.CHOSEN);
    assertThat(second.place).isEqualTo(Place.IN_LINE);
    ready = true;
    line.leave(first);
    assertThat(second.place).isEqualTo(Place.CHOSEN);
  }

  @Test
  void putsAThreadThatFoundNothingBackToTheFront() throws Exception {
    var later = new Waiter(null);
    time.thenWhenParking(() -> {
      line.join(later);
      line.wakeOne();
    });
    time.thenWhenParking(line::wakeOne); // must choose the same thread again

    var result = line.await(
        new Waiter(null),
        attempts(List.of(() -> null, () -> null, () -> null, () -> "at last")),
        this);

    assertThat(result).isEqualTo("at last");
    assertThat(later.place).isEqualTo(Place.IN_LINE);
  }

  @Test
  void triesTwiceMoreBeforeItJoinsALineWithoutACrowd() throws Exception {
    while (crowd.isRemembered()) {
      // each wait forgets a little of it
    }

    var result = line.await(
        new Waiter(null),
        attempts(List.of(() -> line.waiting() == 0 ? null : "in line", () -> "just in time")),
        this);

    assertThat(result).isEqualTo("just in time");
  }

  @Test
  void remembersThatSeveralStoodInLine() {
    while (crowd.isRemembered()) {
      // each wait forgets a little of it
    }

    line.join(new Waiter(null));
    assertThat(crowd.isRemembered()).isFalse();
    line.join(new Waiter(null));
    assertThat(crowd.isRemembered()).isTrue();
  }

  @Test
  void sendsAllAwayWithoutTakingTheBaton() {
    var first = new Waiter(null);
    var second = new Waiter(null);
    line.join(first);
    line.join(second);

    line.wakeAll();

    assertThat(List.of(first.place, second.place)).containsOnly(Place.OUTSIDE);
    assertThat(line.waiting()).isZero();
    line.join(first);
    line.wakeOne();
    assertThat(first.place).isEqualTo(Place.CHOSEN);
  }
}
