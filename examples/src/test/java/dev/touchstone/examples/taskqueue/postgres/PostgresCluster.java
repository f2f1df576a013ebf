package dev.touchstone.examples.taskqueue.postgres;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A PostgreSQL of this machine, started once for all tests of the virtual machine on a free port, with
 * its data in a folder for temporary files. It does not flush to the disk: for tests of logic.
 *
 * <p>Where PostgreSQL is not installed the tests are skipped, with a line on standard error; where
 * {@code TOUCHSTONE_REAL_SERVERS} is {@code required} they fail.
 */
public final class PostgresCluster implements BeforeAllCallback {

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String TEMPLATE = "queue_template";
  private static final AtomicInteger databases = new AtomicInteger();

  private PostgresServer cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster = context
        .getRoot()
        .getStore(Namespace.create(PostgresCluster.class))
        .computeIfAbsent("cluster", first -> Shared.start(), Shared.class)
        .server();
  }

  /** Makes an empty database, and returns its address. */
  public String newEmptyDatabase() throws SQLException {
    return cluster.create("test_" + databases.incrementAndGet(), "template1");
  }

  /** Makes a database with the schema of the queue, and returns its address. */
  public String newDatabase() throws SQLException {
    return cluster.create("test_" + databases.incrementAndGet(), TEMPLATE);
  }

  static Path programs() {
    try {
      var found = newest();
      if (found.isPresent()) {
        return found.get();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    var message = "PostgreSQL is not installed; it is in Debian's package postgresql-15";
    if ("required".equals(System.getenv("TOUCHSTONE_REAL_SERVERS"))) {
      fail(message);
    }
    System.err.println("SKIPPED: " + message);
    return Assumptions.abort(message);
  }

  private static Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (var versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(
              bin -> Integer.parseInt(bin.getParent().getFileName().toString())));
    }
  }

  /** A server with the template, ended with the tests. */
  private record Shared(PostgresServer server) implements AutoCloseable {

    static Shared start() {
      try {
        var server = PostgresServer.start(programs());
        try {
          PostgresStore.open(server.create(TEMPLATE, "template1")).close();
          return new Shared(server);
        } catch (SQLException | RuntimeException e) {
          server.close();
          throw e;
        }
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
