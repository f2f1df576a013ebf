package dev.touchstone.patterns.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private final Catalog<String, Integer, String> catalog =
      Catalog.<String, Integer, String>builder()
          .add("pdf", pages -> pages + " pages")
          .add("html", pages -> pages + " sections")
          .build();

  @Test
  void makesByKeyFromAnArgument() {
    assertThat(catalog.make("pdf", 3)).isEqualTo("3 pages");
    assertThat(catalog.find("html"))
        .get()
        .satisfies(maker -> assertThat(maker.apply(2)).isEqualTo("2 sections"));
    assertThat(catalog.find("doc")).isEmpty();
    assertThat(catalog.keys()).containsExactly("pdf", "html");
    assertThat(catalog).hasToString("Catalog[pdf, html]");
  }

  @Test
  void namesTheNearestKey() {
    assertThatExceptionOfType(UnknownKeyException.class)
        .isThrownBy(() -> catalog.make("HTLM", 1))
        .withMessage("no maker for HTLM; there are [pdf, html]");
    assertThatExceptionOfType(UnknownKeyException.class)
        .isThrownBy(() -> catalog.make("PDV", 1))
        .withMessage("no maker for PDV; did you mean pdf? There are [pdf, html]");
  }

  @Test
  void namesNoneWhenNoneIsNear() {
    assertThatExceptionOfType(UnknownKeyException.class)
        .isThrownBy(() -> catalog.make("spreadsheet", 1))
        .withMessage("no maker for spreadsheet; there are [pdf, html]");
    assertThatExceptionOfType(UnknownKeyException.class)
        .isThrownBy(() -> Catalog.<String, Integer, String>builder().build().make("a", 1))
        .withMessage("no maker for a; there are []");
  }

  @Test
  void namesAllDuplicatesAndAllMissingKeysWhenBuilt() {
    var builder = Catalog.<String, Integer, String>builder()
        .add("a", n -> "1")
        .add("a", n -> "2")
        .add("b", n -> "1")
        .add("b", n -> "2")
        .add("c", n -> "1")
        .require(List.of("c", "d", "e"));

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("more than one maker for [a, b] and no maker for [d, e]");
  }

  @Test
  void takesTheProvidersOfAServiceLoader() {
    CatalogTest.class.getModule().addUses(FileSystemProvider.class);
    var schemes = Catalog.<String, Object, String>builder()
        .addAll(
            ServiceLoader.load(FileSystemProvider.class, ClassLoader.getSystemClassLoader()),
            FileSystemProvider::getScheme,
            provider -> ignored -> provider.getScheme() + " file system")
        .build();

    assertThat(schemes.make("jar", "")).isEqualTo("jar file system");
  }

  @Test
  void isNotChangedThroughItsBuilder() {
    var builder = Catalog.<String, Integer, String>builder().add("a", n -> "1");
    var built = builder.build();

    builder.add("b", n -> "2");

    assertThat(built.keys()).containsExactly("a");
  }
}
