package dev.touchstone.patterns.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  @Test
  void chain() {
    var arguments = Map.of("port", "8080");
    var environment = Map.of("port", "80", "host", "example");
    // @start region="chain"
    var setting = Chain.<String, String>create()
        .then("command line", name -> Optional.ofNullable(arguments.get(name)))
        .then("environment", name -> Optional.ofNullable(environment.get(name)))
        .otherwise(name -> "default of " + name);

    var port = setting.apply("port"); // 8080: the command line was asked first
    // @end

    assertThat(port).isEqualTo("8080");
    assertThat(setting.apply("host")).isEqualTo("example");
    assertThat(setting.apply("user")).isEqualTo("default of user");
  }
}
