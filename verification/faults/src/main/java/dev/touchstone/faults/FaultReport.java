package dev.touchstone.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Prints one table: what each peer does about each fault. Takes about a minute. */
public final class FaultReport {

  private static final List<Supplier<Peer>> PEERS = List.of(
      OkHttpPeer::new,
      RetrofitPeer::new,
      FeignPeer::new,
      Resilience4jPeer::new,
      TouchstonePeer::new);

  private FaultReport() {}

  /** Prints the table, in Markdown. */
  public static void main(String[] arguments) throws Exception {
    System.out.print(table());
    System.exit(0); // what peers have left running is of no interest any more
  }

  static String table() throws Exception {
    var names = new ArrayList<String>();
    var columns = new ArrayList<List<String>>();
    for (var peer : PEERS) {
      try (var named = peer.get()) {
        names.add(named.name());
      }
      columns.add(column(peer));
    }
    var table = new StringBuilder("| | " + String.join(" | ", names) + " |\n");
    table.append("|---|").append("---|".repeat(names.size())).append('\n');
    for (var row = 0; row < Fault.all().size(); row++) {
      table.append("| ").append(Fault.all().get(row).title()).append(" |");
      for (var column : columns) {
        table.append(' ').append(column.get(row)).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** Returns the figures of one peer; each fault is met by a new client. */
  static List<String> column(Supplier<Peer> peer) throws Exception {
    var column = new ArrayList<String>();
    for (var fault : Fault.all()) {
      try (var client = peer.get()) {
        column.add(fault.observe().of(client));
      }
    }
    return column;
  }
}
