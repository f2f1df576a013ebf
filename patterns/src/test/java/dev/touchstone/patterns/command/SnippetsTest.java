package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  private final List<String> log = new ArrayList<>();

  // @start region="commands"
  sealed interface BankCommand {}

  record Transfer(String from, String to, long cents) implements BankCommand, Command<Long> {}

  record CloseAccount(String account) implements BankCommand, Command<@Nullable Void> {}

  // @end

  private long transfer(Transfer command) {
    return 100 - command.cents();
  }

  private void close(CloseAccount command) {
    log.add("close " + command.account());
  }

  @Test
  void commandBus() {
    // @start region="command-bus"
    var bus = CommandBus.builder()
        .around((command, next) -> {
          log.add(command.toString());
          return next.proceed(command);
        })
        .handle(Transfer.class, this::transfer)
        .run(CloseAccount.class, this::close) // a command without a result
        .complete(BankCommand.class) // build() throws if a permitted command has no handler
        .build();

    long balance = bus.send(new Transfer("alice", "bob", 30));
    // @end

    assertThat(balance).isEqualTo(70);
    assertThat(log).containsExactly("Transfer[from=alice, to=bob, cents=30]");
  }

  static final class Board {

    private final Map<String, Integer> x = new HashMap<>();

    void move(String piece, int by) {
      x.merge(piece, by, Integer::sum);
    }

    int at(String piece) {
      return x.getOrDefault(piece, 0);
    }
  }

  // @start region="edit"
  record Move(String piece, int by) implements Edit<Board> {
    @Override
    public Edit<Board> applyTo(Board board) {
      board.move(piece, by);
      return new Move(piece, -by); // the inverse, to be applied by undo
    }
  }

  // @end

  @Test
  void history() {
    var board = new Board();
    // @start region="history"
    var history = History.on(board).limit(200).build();
    history.execute(new Move("rook", 3));
    history.transaction("Castle", castling -> {
      castling.execute(new Move("king", 2));
      castling.execute(new Move("rook", -5));
    });

    history.undo(); // both moves of the castling
    history.redo();
    history.undoLabel(); // Optional[Castle]
    // @end

    assertThat(history.undoLabel()).contains("Castle");
    assertThat(board.at("rook")).isEqualTo(-2);
  }

  @Test
  void coalesce() {
    var board = new Board();
    // @start region="history-options"
    var history = History.on(board)
        .limit(500)
        .maxWeight(8 << 20)
        .coalesce(Duration.ofMillis(500))
        .branching()
        .build();
    history.changes().subscribe(change -> log.add("undo " + history.undoLabel().orElse("-")));
    // @end
    history.execute(new Move("rook", 3));

    assertThat(log).containsExactly("undo Move");
  }

  private static final class MoveCodec implements Codec<Move> {

    @Override
    public byte[] encode(Move command) {
      return (command.piece() + "," + command.by()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Move decode(byte[] bytes) {
      var parts = new String(bytes, StandardCharsets.UTF_8).split(",");
      return new Move(parts[0], Integer.parseInt(parts[1]));
    }
  }

  @Test
  void journal(@TempDir Path directory) {
    for (int start = 1; start <= 2; start++) {
      var board = new Board();
      // @start region="journal"
      try (var journal = Journal.of(new MoveCodec()).sync(Sync.every()).open(directory)) {
        journal.replay(move -> move.applyTo(board)); // what earlier runs have appended

        var move = new Move("rook", 3);
        journal.append(move); // returns when it is on the disk
        move.applyTo(board);
      }
      // @end
      assertThat(board.at("rook")).isEqualTo(3 * start);
    }
  }
}
