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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
    volatile @Nullable Error error; // what is thrown instead of an IOException
    volatile int room = Integer.MAX_VALUE;
    final AtomicInteger openFiles = new AtomicInteger();
    private volatile @Nullable Gate gate;
    private final Path root;

    RecordingDisk(Path root) {
      this.root = root;
    }

    /** Keeps the next force from being done until told to. */
    Gate holdForce() {
      var made = new Gate();
      gate = made;
      return made;
    }

    private void step(String step) throws IOException {
      steps.add(step);
      if (step.startsWith(failing)) {
        if (error != null) {
          throw error;
        }
        throw new IOException("injected at " + step);
      }
    }

    private void passGate() throws IOException {
      var closed = gate;
      if (closed != null) {
        gate = null;
        closed.pass();
      }
    }

    @Override
    public DiskFile open(Path path) throws IOException {
      var file = Disk.real().open(path);
      openFiles.incrementAndGet();
      var name = path.getFileName().toString().replaceAll("^0*(\\d)", "$1");
      return new DiskFile() {
        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
          step("write " + name);
          if (bytes.remaining() > room) {
            file.write(bytes.slice(0, room), position);
            throw new IOException("No space left on device");
          }
          file.write(bytes, position);
        }

        @Override
        public void read(ByteBuffer bytes, long position) throws IOException {
          file.read(bytes, position);
        }

        @Override
        public void force() throws IOException {
          step("force " + name);
          passGate();
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
          openFiles.decrementAndGet();
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
      step(path.equals(root) ? "force directory" : nameOf(path));
      Disk.real().forceDirectory(path);
    }

    private String nameOf(Path path) {
      return path.equals(root.getParent())
          ? "force the directory of " + root.getFileName()
          : "force directory " + path.getFileName();
    }
  }

  /** A point that one thread comes to, and that another lets it pass. */
  private static final class Gate {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    void pass() throws IOException {
      begun.countDown();
      try {
        ended.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    void awaitBegin() throws InterruptedException {
      begun.await();
    }

    void end() {
      ended.countDown();
    }
  }

  static List<Sync> syncs() {
    return List.of(Sync.every(), Sync.group(Duration.ZERO), Sync.none());
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

    @ParameterizedTest
    @MethodSource("dev.touchstone.patterns.command.JournalTest#syncs")
    void isNotEndedByAnInterrupt(Sync sync) {
      try (var journal = open(Disk.real(), sync)) {
        Thread.currentThread().interrupt();
        journal.append("a");
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        journal.snapshot(1, new byte[0]);
        journal.append("b");
        assertThat(replayed(journal)).containsExactly("b");
        assertThat(Thread.interrupted()).isTrue();
      }
      Thread.currentThread().interrupt();
      assertThat(read()).containsExactly("b");
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void duringAReplayIsNotPartOfIt() {
      try (var journal = open()) {
        journal.append("a");

        assertThat(journal.replay(journal::append)).isEqualTo(1);

        assertThat(replayed(journal)).containsExactly("a", "a");
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
      assertThatIllegalStateException()
          .isThrownBy(() -> journal.replay(command -> {})) // though it has no command to give
          .withMessage("the journal in " + directory + " is closed");
    }
  }

  @Nested
  class TheDisk {

    private RecordingDisk disk;

    @BeforeEach
    void watchTheDirectory() {
      disk = new RecordingDisk(directory);
    }

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
    void confirmsTheAppendsUnderWayBeforeTheJournalCloses() throws Exception {
      var journal = open(disk, Sync.group(Duration.ZERO));
      var forcing = disk.holdForce();
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = executor.submit(() -> journal.append("a"));
        forcing.awaitBegin();
        var second = executor.submit(() -> journal.append("b")); // has to wait for another force
        Awaitility.await().until(() -> journal.sequence() == 2);
        var close = executor.submit(journal::close);
        Awaitility.await().until(() -> isRefusing(journal));

        forcing.end();

        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(2);
        close.get();
      }
      assertThat(read()).containsExactly("a", "b");
    }

    private boolean isRefusing(Journal<String> journal) {
      try {
        journal.snapshot();
        return false;
      } catch (IllegalStateException e) {
        return true;
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"write 0.journal", "force 0.journal"})
    void isNotTrustedAfterAnErrorOfTheMachineEither(String step) {
      var journal = open(disk, Sync.every());
      disk.error = new OutOfMemoryError("injected");
      disk.failing = step;

      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> journal.append("a"));
      disk.failing = "nothing";

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append("b"))
          .withCause(disk.error);
      journal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write 0.journal", "force 0.journal", "force directory"})
    void hasNoFileLeftOpenWhenTheJournalCannotBeOpened(String step) {
      disk.failing = step;

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> open(disk, Sync.every()))
          .withMessage("the journal in " + directory + " cannot be opened");

      assertThat(disk.openFiles).hasValue(0);
      assertThat(read()).isEmpty();
    }

    @Test
    void canBeFull() {
      var journal = open(disk, Sync.every());
      journal.append("a");
      disk.room = 20; // enough for the header of a record, and a part of the command

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append("a long command"))
          .withRootCauseInstanceOf(IOException.class);
      journal.close();

      assertThat(read()).containsExactly("a");
    }

    @Test
    void hasTheDirectoriesThatWereMadeBeforeTheFirstAppend() {
      var deep = directory.resolve("x").resolve("y");
      Journal.of(new TextCodec()).disk(disk).open(deep).close();

      assertThat(disk.steps)
          .startsWith(
              "force the directory of " + directory.getFileName(),
              "force directory",
              "force directory x",
              "write 0.journal",
              "force 0.journal",
              "force directory y");
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
    void endAReplay() {
      try (var journal = open()) {
        journal.append("a");
        journal.append("b");

        assertThatIllegalStateException()
            .isThrownBy(() -> journal.replay(command -> journal.snapshot(2, new byte[0])))
            .withMessage("a snapshot has replaced the commands that were being replayed; take none "
                + "meanwhile");
      }
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
    void ofTheHeaderMayBeZerosThatTheDiskHasNotFilled() throws IOException {
      Files.write(directory.resolve(FIRST), new byte[16]);

      write("a");

      assertThat(read()).containsExactly("a");
    }

    @Test
    @Timeout(30) // hours, if each of its places were tried as the beginning of a record
    void isCutOffSoonAlsoIfItIsLongAndLooksLikeRecords() throws IOException {
      write("first");
      var file = directory.resolve(FIRST);
      var lengths = ByteBuffer.allocate(32 << 20);
      while (lengths.hasRemaining()) {
        lengths.putInt(16 << 20);
      }
      Files.write(file, lengths.array(), StandardOpenOption.APPEND);

      assertThat(read()).containsExactly("first");
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
    void includesAFileOfAnotherNumber() throws IOException {
      snapshotAfterOne();
      var journal = directory.resolve("0000000000000000001.journal");
      Files.move(journal, directory.resolve("0000000000000000002.journal"));
      Files.move(
          directory.resolve("0000000000000000001.snapshot"),
          directory.resolve("0000000000000000002.snapshot"));

      assertThatExceptionOfType(CorruptJournalException.class)
          .isThrownBy(JournalTest.this::open)
          .withMessageContaining("is corrupt at offset 8: it says that it is number 1;");
    }

    @Test
    void keepsWhatMightHelpToMendIt() throws IOException {
      snapshotAfterOne();
      write("b", "c");
      var leftover = Files.write(directory.resolve(FIRST), new byte[] {1});
      flip(directory.resolve("0000000000000000001.journal"), 16 + 16);

      assertThatExceptionOfType(CorruptJournalException.class).isThrownBy(JournalTest.this::open);
      assertThat(leftover).exists();
    }

    private void snapshotAfterOne() {
      try (var journal = open()) {
        journal.append("a");
        journal.snapshot(1, new byte[0]);
      }
    }

    @Test
    void includesAJournalThatIsMissing() throws IOException {
      snapshotAfterOne();
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
    void isRefusedToOtherProcessesAlsoAfterAFurtherAttemptInThisOne() throws Exception {
      try (var journal = open()) {
        journal.append("a");
        assertThatExceptionOfType(JournalException.class).isThrownBy(JournalTest.this::open);

        var other = JournalProcess.start(JournalProcess.Opener.class, directory.toString());

        assertThat(other.inputReader().readLine()).contains("is in use");
        assertThat(other.waitFor()).isZero();
      }
    }

    @Test
    void isRefusedUnderAnotherName() throws IOException {
      var link = directory.resolve("link");
      var real = Files.createDirectory(directory.resolve("real"));
      Files.createSymbolicLink(link, real);
      try (var journal = Journal.of(new TextCodec()).open(real)) {
        journal.append("a");
        assertThatExceptionOfType(JournalException.class)
            .isThrownBy(() -> Journal.of(new TextCodec()).open(link))
            .withMessageContaining("is in use");
      }
    }

    @Test
    void ignoresFilesWhoseNumberIsNoneOfItsOwn() throws IOException {
      write("a");
      var foreign = Files.write(directory.resolve("9".repeat(19) + ".journal"), new byte[3]);

      assertThat(read()).containsExactly("a");
      assertThat(foreign).exists();
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
  void rejectsAWindowThatIsNegativeOrLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sync.group(Duration.ofMillis(-1)))
        .withMessage("window must be between zero and PT1M, was PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sync.group(Duration.ofHours(1)))
        .withMessage("window must be between zero and PT1M, was PT1H");
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
