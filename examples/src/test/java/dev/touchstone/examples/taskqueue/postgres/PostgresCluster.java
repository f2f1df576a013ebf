package dev.touchstone.examples.taskqueue.postgres;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

  private Running cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster = context
        .getRoot()
        .getStore(Namespace.create(PostgresCluster.class))
        .computeIfAbsent("cluster", first -> Running.start(programs()), Running.class);
  }

  /** Makes an empty database, and returns its address. */
  public String newEmptyDatabase() throws SQLException {
    return cluster.create("test_" + databases.incrementAndGet(), "template1");
  }

  /** Makes a database with the schema of the queue, and returns its address. */
  public String newDatabase() throws SQLException {
    return cluster.create("test_" + databases.incrementAndGet(), TEMPLATE);
  }

  private static Path programs() {
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

  /** A started cluster; ended with the tests. */
  private record Running(Path programs, Path folder, int port) implements AutoCloseable {

    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    static Running start(Path programs) {
      try {
        var folder = Files.createTempDirectory(Path.of("/tmp"), "touchstone-postgres");
        if (IS_ROOT) { // which PostgreSQL refuses to run as
          var lookup = folder.getFileSystem().getUserPrincipalLookupService();
          Files.setOwner(folder, lookup.lookupPrincipalByName("postgres"));
        }
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          port = socket.getLocalPort();
        }
        var cluster = new Running(programs, folder, port);
        cluster.run(
            "initdb",
            "-D",
            folder + "/data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C");
        cluster.run(
            "pg_ctl",
            "-D",
            folder + "/data",
            "-w",
            "-t",
            "60",
            "-l",
            folder + "/log",
            "-o",
            "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder
                + " -c fsync=off -c max_connections=200",
            "start");
        PostgresStore.open(cluster.create(TEMPLATE, "template1")).close();
        return cluster;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private void run(String program, String... arguments) throws IOException {
      var command = new ArrayList<String>();
      if (IS_ROOT) {
        command.addAll(List.of("runuser", "-u", "postgres", "--"));
      }
      command.add(programs.resolve(program).toString());
      command.addAll(List.of(arguments));
      var output = Files.createTempFile("touchstone-postgres", ".log");
      try {
        var process = new ProcessBuilder(command)
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        if (process.waitFor() != 0) {
          throw new IOException(String.join(" ", command) + ":\n" + Files.readString(output));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while it waited for " + program, e);
      } finally {
        Files.delete(output);
      }
    }

    String create(String database, String template) throws SQLException {
      var driver = new org.postgresql.Driver(); // the DriverManager may not know it yet
      try (var connection = driver.connect(url("postgres"), new Properties());
          var statement = connection.createStatement()) {
        statement.execute("create database " + database + " template " + template);
      }
      return url(database);
    }

    private String url(String database) {
      return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    @Override
    public void close() throws IOException {
      run("pg_ctl", "-D", folder + "/data", "-m", "immediate", "-w", "stop");
      try (Stream<Path> files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
