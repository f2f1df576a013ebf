package dev.touchstone.examples.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessLockTest {

  private static final int TAKEN = 10;
  private static final int REFUSED = 11;

  @TempDir
  private Path folder;

  /** Another process: takes a lock, and tells by its status whether it could. */
  static final class Other {

    private Other() {}

    public static void main(String[] arguments) throws IOException {
      System.exit(ProcessLock.take(Path.of(arguments[0])).isPresent() ? TAKEN : REFUSED);
    }
  }

  private static int takeElsewhere(Path file) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            file.toString())
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start()
        .waitFor();
  }

  @Test
  void isTakenOnceAndAgainWhenItIsGivenBack() throws Exception {
    var file = folder.resolve("lock");
    var first = ProcessLock.take(file).orElseThrow();

    assertThat(ProcessLock.take(file)).isEmpty();
    first.close();
    first.close();
    try (var second = ProcessLock.take(file).orElseThrow()) {
      first.close(); // which is nothing to the second
      assertThat(ProcessLock.take(file)).isEmpty();
      assertThat(second).isNotNull();
    }
  }

  @Test
  void isTheSameByWhateverWayItsFolderIsReached() throws Exception {
    var link = Files.createSymbolicLink(
        folder.resolve("link"), Files.createDirectory(folder.resolve("real")));

    try (var lock = ProcessLock.take(folder.resolve("real/lock")).orElseThrow()) {
      assertThat(ProcessLock.take(link.resolve("lock"))).isEmpty();
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void keepsOtherProcessesOutAlsoAfterSomebodyHereWasRefused() throws Exception {
    var file = folder.resolve("lock");
    try (var lock = ProcessLock.take(file).orElseThrow()) {
      assertThat(ProcessLock.take(file)).isEmpty();

      assertThat(takeElsewhere(file)).isEqualTo(REFUSED);
      assertThat(lock).isNotNull();
    }
    assertThat(takeElsewhere(file)).isEqualTo(TAKEN);
  }
}
