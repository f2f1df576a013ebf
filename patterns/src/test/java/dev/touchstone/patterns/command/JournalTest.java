package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final String FIRST = "0000000000000000000.journal";

  @TempDir
  Path directory;

  /** Commands that are texts. */
  static final class TextCodec implements Codec<String> {

    @Override
    public byte[] encode(String command) {
      return command.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Writes down what a journal does to the disk, and fails when told to. */
  private static final class RecordingDisk implements Disk {

    final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    volatile String failing = "nothing";

    private void step(String step) throws IOException {
      steps.add(step);
      if (step.startsWith(failing)) {
        throw new IOException("injected at " + step);
      }
    }

    @Override
    public DiskFile open(Path path) throws IOException {
      var file = Disk.real().open(path);
      var name = path.getFileName().toString().replaceAll("^0*(\\d)", "$1");
      return new DiskFile() {
        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
          step("write " + name);
          file.write(bytes, position);
        }

        @Override
        public void read(ByteBuffer bytes, long position) throws IOException {
          file.read(bytes, position);
        }

        @Override
        public void force() throws IOException {
          step("force " + name);
          file.force();
        }

        @Override
        public long size() throws IOException {
          return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
          file.truncate(size);
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      step("move to " + to.getFileName().toString().replaceAll("^0*(\\d)", "$1"));
      Disk.real().move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      step("delete " + file.getFileName().toString().replaceAll("^0*(\\d)", "$1"));
      Disk.real().delete(file);
    }

    @Override
    public void forceDirectory(Path path) throws IOException {
      step("force directory");
      Disk.real().forceDirectory(path);
    }
  }

  private Journal<String> open() {
    return Journal.of(new TextCodec()).open(directory);
  }

  private Journal<String> open(Disk disk, Sync sync) {
    return Journal.of(new TextCodec()).disk(disk).sync(sync).open(directory);
  }

  private void write(String... commands) {
    try (var journal = open()) {
      for (var command : commands) {
        journal.append(command);
      }
    }
  }

  private List<String> read() {
    try (var journal = open()) {
      return replayed(journal);
    }
  }

  private static List<String> replayed(Journal<String> journal) {
    var commands = new ArrayList<String>();
    assertThat(journal.replay(commands::add)).isEqualTo(commands.size());
    return commands;
  }

  @Nested
  class Append {

    @Test
    void isReplayedInOrderAfterOpeningAgain() {
      write("a", "b");
      write("c");

      assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void numbersTheCommands() {
      try (var journal = open()) {
        assertThat(journal.sequence()).isZero();
        assertThat(journal.append("a")).isEqualTo(1);
        assertThat(journal.append("b")).isEqualTo(2);
      }
      try (var journal = open()) {
        assertThat(journal.sequence()).isEqualTo(2);
        assertThat(journal.append("c")).isEqualTo(3);
      }
    }

    @Test
    void takesEmptyAndLongCommands() {
      var longOne = "x".repeat(3 << 20);
      write("", longOne, "", "y");

      assertThat(read()).containsExactly("", longOne, "", "y");
    }

    @Test
    void canBeReplayedWhileItIsOpen() {
      try (var journal = open()) {
        journal.append("a");
        assertThat(replayed(journal)).containsExactly("a");
        journal.append("b");
        assertThat(replayed(journal)).containsExactly("a", "b");
      }
    }

    @Test
    void rejectsACommandThatIsTooLong() {
      var codec = new Codec<Integer>() {
        @Override
        public byte[] encode(Integer length) {
          return new byte[length];
        }

        @Override
        public Integer decode(byte[] bytes) {
          return bytes.length;
        }
      };
      try (var journal = Journal.of(codec).open(directory)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> journal.append((64 << 20) + 1))
            .withMessage("an encoded command must have at most 67108864 bytes, had 67108865");
        journal.append(1);
        assertThat(journal.replay(length -> {})).isEqualTo(1);
      }
    }

    @Test
    void isNotPossibleAfterClose() {
      var journal = open();
      journal.close();
      journal.close();

      assertThatIllegalStateException()
          .isThrownBy(() -> journal.append("a"))
          .withMessage("the journal in " + directory + " is closed");
    }
  }

  @Nested
  class TheDisk {

    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void hasConfirmedEachCommandBeforeItIsAcknowledged() {
      try (var journal = open(disk, Sync.every())) {
        disk.steps.clear();
        journal.append("a");
        disk.steps.add("acknowledged");
        journal.append("b");
        disk.steps.add("acknowledged");
      }

      assertThat(disk.steps.subList(0, 6))
          .containsExactly(
              "write 0.journal",
              "force 0.journal",
              "acknowledged",
              "write 0.journal",
              "force 0.journal",
              "acknowledged");
    }

    @Test
    void isNotAskedWithoutSync() {
      try (var journal = open(disk, Sync.none())) {
        disk.steps.clear();
        journal.append("a");
        journal.append("b");
      }

      assertThat(disk.steps).containsExactly("write 0.journal", "write 0.journal");
    }

    @Test
    void confirmsAGroupTogetherBeforeAnyOfItIsAcknowledged() throws Exception {
      int threads = 8;
      int each = 50;
      try (var journal = open(disk, Sync.group(Duration.ofMillis(1)));
          var executor = Executors.newFixedThreadPool(threads)) {
        disk.steps.clear();
        var tasks = IntStream.range(0, threads)
            .mapToObj(thread -> executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                long number = journal.append(thread + " " + i);
                disk.steps.add("acknowledged " + number);
              }
            }))
            .toList();
        for (var task : tasks) {
          task.get();
        }
      }

      int written = 0;
      int confirmed = 0;
      for (var step : disk.steps) {
        if (step.startsWith("write")) {
          written++;
        } else if (step.startsWith("force")) {
          confirmed = written;
        } else {
          assertThat(Integer.parseInt(step.substring("acknowledged ".length())))
              .isLessThanOrEqualTo(confirmed);
        }
      }
      assertThat(disk.steps.stream().filter(step -> step.startsWith("force")))
          .hasSizeLessThan(threads * each / 2);
      assertThat(read()).hasSize(threads * each);
    }

    @ParameterizedTest
    @ValueSource(strings = {"write 0.journal", "force 0.journal"})
    void isNotTrustedAfterAFailure(String step) {
      var journal = open(disk, Sync.every());
      journal.append("a");
      disk.failing = step;

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append("b"))
          .withMessage("the journal in " + directory
              + " could not be written; open it again to find out what it holds")
          .withCauseInstanceOf(IOException.class);
      disk.failing = "nothing";
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append("c"))
          .withMessage("the journal in " + directory
              + " has failed before; open it again to find out what it holds");
      journal.close();

      assertThat(read()).startsWith("a").doesNotContain("c");
    }

    @Test
    void failsTheWholeGroupThatWaitedForIt() throws Exception {
      var journal = open(disk, Sync.group(Duration.ofMillis(20)));
      disk.failing = "force 0.journal";
      var start = new CountDownLatch(1);
      try (var executor = Executors.newFixedThreadPool(4)) {
        var tasks = IntStream.range(0, 4)
            .mapToObj(i -> executor.submit(() -> {
              start.await();
              return journal.append("" + i);
            }))
            .toList();
        start.countDown();
        for (var task : tasks) {
          assertThatExceptionOfType(Exception.class)
              .isThrownBy(task::get)
              .havingCause()
              .isInstanceOf(JournalException.class);
        }
      }
      journal.close();
    }

    @Test
    void hasTheSnapshotAndTheNextJournalBeforeTheyCount() {
      try (var journal = open(disk, Sync.every())) {
        journal.append("a");
        disk.steps.clear();

        journal.snapshot(1, new byte[] {1});
      }

      assertThat(disk.steps)
          .containsExactly(
              "write 1.temporary",
              "force 1.temporary",
              "write 1.temporary",
              "force 1.temporary",
              "write 1.journal",
              "force 1.journal",
              "force directory",
              "move to 1.snapshot",
              "force directory",
              "delete 0.journal");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "write 2.temporary",
          "force 2.temporary",
          "write 2.journal",
          "force 2.journal",
          "force directory",
          "move to 2.snapshot"
        })
    void keepsTheOldStateWhenASnapshotFailsOnTheWay(String step) {
      var journal = open(disk, Sync.every());
      journal.append("a");
      journal.append("b");
      disk.failing = step;

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.snapshot(2, new byte[] {1}));
      journal.close();

      assertThat(read()).containsExactly("a", "b");
      try (var again = open()) {
        assertThat(again.snapshot()).isEmpty();
      }
    }
  }

  @Nested
  class Snapshots {

    @Test
    void replaceTheCommandsBeforeThem() throws IOException {
      try (var journal = open()) {
        journal.append("a");
        journal.append("b");
        journal.snapshot(2, "state ab".getBytes(StandardCharsets.UTF_8));
        journal.append("c");
      }
      try (var journal = open()) {
        assertThat(journal.snapshot().map(String::new)).contains("state ab");
        assertThat(replayed(journal)).containsExactly("c");
        assertThat(journal.sequence()).isEqualTo(3);
        journal.snapshot(3, "state abc".getBytes(StandardCharsets.UTF_8));
        assertThat(journal.snapshot().map(String::new)).contains("state abc");
        assertThat(replayed(journal)).isEmpty();
      }
      try (var files = Files.list(directory)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(
                "lock", "0000000000000000003.journal", "0000000000000000003.snapshot");
      }
    }

    @Test
    void mayBeTakenBeforeTheFirstCommandAndTwice() {
      try (var journal = open()) {
        journal.snapshot(0, new byte[] {1});
        journal.snapshot(0, new byte[] {2});
        journal.append("a");
      }
      try (var journal = open()) {
        assertThat(journal.snapshot()).contains(new byte[] {2});
        assertThat(replayed(journal)).containsExactly("a");
      }
    }

    @Test
    void areRefusedIfTheyLackACommand() {
      try (var journal = open()) {
        journal.append("a");
        journal.append("b");

        assertThatIllegalStateException()
            .isThrownBy(() -> journal.snapshot(1, new byte[0]))
            .withMessage(
                "the state is that after command 1, but the journal has 2; keep appends out "
                    + "while taking it");
      }
      assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void thatAreDamagedAreReported() throws IOException {
      try (var journal = open()) {
        journal.append("a");
        journal.snapshot(1, new byte[] {1, 2, 3});
      }
      var file = directory.resolve("0000000000000000001.snapshot");
      flip(file, Files.size(file) - 1);

      try (var journal = open()) {
        assertThatExceptionOfType(CorruptJournalException.class)
            .isThrownBy(journal::snapshot)
            .withMessage(
                file + " is corrupt at offset 16: the snapshot is damaged; restore the file "
                    + "from a copy, or cut it off there to give up what follows");
      }
    }

    @Test
    void areFollowedByTheCommandsThatWaitedForAGroup() throws Exception {
      try (var journal =
              Journal.of(new TextCodec()).sync(Sync.group(Duration.ZERO)).open(directory);
          var executor = Executors.newFixedThreadPool(4)) {
        var tasks = IntStream.range(0, 400)
            .mapToObj(i -> executor.submit(() -> journal.append("" + i)))
            .toList();
        for (int i = 0; i < 50; i++) {
          try {
            journal.snapshot(journal.sequence(), new byte[0]);
          } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("keep appends out while taking it");
          }
        }
        for (var task : tasks) {
          task.get();
        }
        assertThat(journal.sequence()).isEqualTo(400);
      }
    }
  }

  @Nested
  class ATornTail {

    @Test
    void isCutOffWhereverItWasTorn() throws IOException {
      write("first", "second");
      var file = directory.resolve(FIRST);
      var whole = Files.readAllBytes(file);
      int second = whole.length - 16 - "second".length();

      for (int length = second; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThat(read()).as("cut at %d", length).containsExactly("first");
        assertThat(Files.size(file)).isEqualTo(second);
      }
    }

    @Test
    void isCutOffWhenItsLastBlocksAreZeros() throws IOException {
      write("first", "second");
      var file = directory.resolve(FIRST);
      var whole = Files.readAllBytes(file);
      var zeros = Arrays.copyOf(Arrays.copyOf(whole, whole.length - 4), whole.length + 8192);
      Files.write(file, zeros);

      assertThat(read()).containsExactly("first");
    }

    @Test
    void canBeAppendedTo() throws IOException {
      write("first", "second");
      var file = directory.resolve(FIRST);
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 50));

      write("third");

      assertThat(read()).containsExactly("first", "third");
    }

    @Test
    void ofTheHeaderOfTheFirstFileIsMadeAnew() throws IOException {
      Files.write(directory.resolve(FIRST), new byte[] {'T', 'S'});

      write("a");

      assertThat(read()).containsExactly("a");
    }

    @Test
    void mayHaveGoodRecordsBehindItThatNobodyWasToldOf() throws IOException {
      try (var journal = Journal.of(new TextCodec()).sync(Sync.none()).open(directory)) {
        journal.append("first");
        journal.append("second");
        journal.append("third");
      }
      flip(directory.resolve(FIRST), 16 + 16 + "first".length() + 20);

      assertThat(read()).containsExactly("first");
    }
  }

  @Nested
  class ADamagedMiddle {

    @Test
    void isReportedWhereverItIsAndNothingIsChanged() throws IOException {
      write("first", "second", "third");
      var file = directory.resolve(FIRST);
      var whole = Files.readAllBytes(file);
      int second = 16 + 16 + "first".length();
      int third = second + 16 + "second".length();

      for (int damaged = second; damaged < third; damaged++) {
        flip(file, damaged);
        var damage = Files.readAllBytes(file);
        assertThatExceptionOfType(CorruptJournalException.class)
            .as("damaged at %d", damaged)
            .isThrownBy(JournalTest.this::open)
            .withMessage(
                file + " is corrupt at offset " + second + ": the record there is damaged, but "
                    + "was on the disk before the one at offset " + third
                    + "; restore the file from a copy, "
                    + "or cut it off there to give up what follows")
            .satisfies(e -> assertThat(e.offset()).isEqualTo(second));
        assertThat(file).hasBinaryContent(damage);
        Files.write(file, whole);
      }
      assertThat(read()).containsExactly("first", "second", "third");
    }

    @Test
    void isNotSeenInAPayloadThatHoldsRecords() throws IOException {
      write("first", "second", "third"); // the last of them says that much is durable
      var bytes = Files.readAllBytes(directory.resolve(FIRST));
      var codec = new Codec<byte[]>() {
        @Override
        public byte[] encode(byte[] command) {
          return command;
        }

        @Override
        public byte[] decode(byte[] command) {
          return command;
        }
      };
      var other = directory.resolve("other");
      try (var journal = Journal.of(codec).open(other)) {
        journal.append(new byte[0]);
        journal.append(bytes);
      }
      var file = other.resolve(FIRST);
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));

      try (var journal = Journal.of(codec).open(other)) {
        assertThat(journal.sequence()).isEqualTo(1);
      }
    }

    @Test
    void ofAFileThatIsNoJournalIsReported() throws IOException {
      var file = directory.resolve(FIRST);
      Files.writeString(file, "this is no journal at all");

      assertThatExceptionOfType(CorruptJournalException.class)
          .isThrownBy(JournalTest.this::open)
          .withMessageStartingWith(
              file + " is corrupt at offset 0: it does not begin as a file of records does");
    }

    @Test
    void includesAJournalThatIsMissing() throws IOException {
      try (var journal = open()) {
        journal.append("a");
        journal.snapshot(1, new byte[0]);
      }
      Files.delete(directory.resolve("0000000000000000001.journal"));

      assertThatExceptionOfType(CorruptJournalException.class)
          .isThrownBy(JournalTest.this::open)
          .withMessageContaining("it is missing");
    }
  }

  @Nested
  class Open {

    @Test
    void isRefusedWhileTheDirectoryIsInUse() {
      try (var journal = open()) {
        journal.append("a");

        assertThatExceptionOfType(JournalException.class)
            .isThrownBy(JournalTest.this::open)
            .withMessage("the journal in " + directory
                + " is in use; close it there, or use another directory");
      }
      assertThat(read()).containsExactly("a");
    }

    @Test
    void ignoresWhatASnapshotThatDidNotCountHasLeft() throws IOException {
      write("a");
      Files.write(directory.resolve("0000000000000000001.temporary"), new byte[3]);
      Files.write(directory.resolve("0000000000000000001.journal"), new byte[3]);

      assertThat(read()).containsExactly("a");
      assertThat(directory.resolve("0000000000000000001.journal")).doesNotExist();
      assertThat(directory.resolve("0000000000000000001.temporary")).doesNotExist();
    }
  }

  @Test
  void saysThatTheCodecCannotReadACommand() {
    write("a");
    var codec = new Codec<String>() {
      @Override
      public byte[] encode(String command) {
        return new byte[0];
      }

      @Override
      public String decode(byte[] bytes) {
        throw new IllegalArgumentException("version 1");
      }
    };

    try (var journal = Journal.of(codec).open(directory)) {
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.replay(command -> {}))
          .withMessage(
              "the codec cannot read the command at offset 16 of " + directory.resolve(FIRST)
                  + ", which is not damaged; was it written by another version?");
    }
  }

  @Test
  void rejectsANegativeWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sync.group(Duration.ofMillis(-1)))
        .withMessage("window must not be negative, was PT-0.001S");
  }

  private static void flip(Path file, long offset) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      one.put(0, (byte) ~one.get(0)).flip();
      channel.write(one, offset);
    }
  }
}
