package dev.touchstone.patterns.plugin;

import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Removes the JDBC drivers of one plugin. {@link DriverManager} shows and gives up a driver only to
 * classes of the same loader, so this class is defined once more by the loader of each plugin.
 */
final class DriverRemoval implements Runnable {

  DriverRemoval() {}

  @Override
  public void run() {
    DriverManager.drivers()
        .filter(driver -> getClass().getClassLoader().equals(driver.getClass().getClassLoader()))
        .toList()
        .forEach(driver -> {
          try {
            DriverManager.deregisterDriver(driver);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
