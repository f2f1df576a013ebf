package dev.touchstone.examples.taskqueue.sql;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.taskqueue.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of the queue in a database: brings it up to date, and prints it. */
public enum Migrations {
  /** Of SQLite. */
  SQLITE("sqlite"),
  /** Of PostgreSQL. */
  POSTGRES("postgres");

  /** Beside an application's own tables and their history. */
  private static final String HISTORY = "tq_schema_history";

  private static final String FOLDER = "dev/touchstone/examples/taskqueue/";

  private final String engine;

  Migrations(String engine) {
    this.engine = engine;
  }

  private List<String> files() {
    return switch (this) {
      case SQLITE -> List.of("V1__queue.sql", "V2__operations.sql");
      case POSTGRES -> List.of("V1__queue.sql", "V2__operations.sql", "V3__claim.sql");
    };
  }

  /**
   * Brings the schema of a database up to date. Several processes may do so at once.
   *
   * @throws StoreException if that is not possible
   */
  public void migrate(DataSource database) {
    if (isUpToDate(database)) {
      return; // Flyway would say the same, after half a second: commands of a shell are shorter
    }
    try {
      flyway(database).migrate();
    } catch (FlywayException e) {
      throw new StoreException("cannot bring the schema up to date: " + firstLine(e), e);
    }
  }

  private boolean isUpToDate(DataSource database) {
    try (var connection = database.getConnection()) {
      return Sql.first(
              connection,
              "select 1 from " + HISTORY + " where version = ? and success",
              row -> true,
              String.valueOf(files().size()))
          .isPresent();
    } catch (SQLException noHistory) {
      return false;
    }
  }

  /** Returns the statements that make the schema, for those who keep their migrations themselves. */
  public String print() {
    return files().stream().map(this::text).collect(Collectors.joining("\n"));
  }

  private String text(String fileName) {
    var name = "/" + FOLDER + engine + "/" + fileName;
    try (var file = requireNonNull(Migrations.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Flyway flyway(DataSource database) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:" + FOLDER + engine)
        .table(HISTORY)
        .baselineOnMigrate(true) // beside tables of the application
        .baselineVersion("0")
        .load();
  }

  private static String firstLine(FlywayException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
