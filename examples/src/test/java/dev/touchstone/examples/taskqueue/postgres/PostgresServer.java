package dev.touchstone.examples.taskqueue.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A running PostgreSQL on a free port, with its data in a folder for temporary files. It does not
 * flush to the disk: for tests of logic.
 */
public final class PostgresServer implements AutoCloseable {

  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server of its own; where PostgreSQL is not installed the test is skipped. */
  public static PostgresServer start() throws IOException {
    return start(PostgresCluster.programs());
  }

  static PostgresServer start(Path programs) throws IOException {
    var folder = Files.createTempDirectory(Path.of("/tmp"), "touchstone-postgres");
    var server = new PostgresServer(programs, folder, freePort());
    try {
      if (IS_ROOT) { // which PostgreSQL refuses to run as
        var lookup = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder, lookup.lookupPrincipalByName("postgres"));
      }
      server.run(
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
      server.launch();
      return server;
    } catch (IOException | RuntimeException e) {
      try {
        server.close();
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void launch() throws IOException {
    run(
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
            + " -c fsync=off -c max_connections=200 -c max_prepared_transactions=10",
        "start");
  }

  /** Ends all of its processes at once, as a crash would, and starts it again. */
  public void crashAndRecover() throws IOException {
    stop();
    launch();
  }

  private void stop() throws IOException {
    run("pg_ctl", "-D", folder + "/data", "-m", "immediate", "-w", "stop");
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

  /** Makes a database, and returns its address. */
  public String create(String database, String template) throws SQLException {
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
    try {
      if (Files.exists(folder.resolve("data/postmaster.pid"))) {
        stop();
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
