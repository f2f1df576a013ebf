package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a jar is, it gets a reason, and the good one beside it runs. */
class BadJarsTest {

  @TempDir
  private Path directory;

  private PluginHost host;

  private LoadReport load() {
    PluginJar.of("good", "1").writeTo(directory.resolve("good.jar"));
    host = PluginHost.builder()
        .directory(directory)
        .hostVersion("2.1.0")
        .trust(Trust.everything())
        .build();
    return host.load();
  }

  private Reason rejection() {
    var report = load();

    assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("good");
    assertThat(report.problems()).hasSize(1);
    var state = (PluginState.Rejected) report.problems().getFirst().state();
    assertThat(state.reasons()).hasSize(1);
    return state.reasons().getFirst();
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Path bad() {
    return directory.resolve("bad.jar");
  }

  @Test
  void thatIsNotAJar() throws IOException {
    Files.writeString(bad(), "this is no jar");

    var reason = rejection();

    assertThat(reason.kind()).isEqualTo(Reason.Kind.NOT_A_JAR);
    assertThat(reason.message()).startsWith(bad() + " cannot be read as a jar: ");
  }

  @Test
  void thatIsEmpty() throws IOException {
    Files.createFile(bad());

    assertThat(rejection().kind()).isEqualTo(Reason.Kind.NOT_A_JAR);
  }

  @Test
  void thatIsAFolder() throws IOException {
    Files.createDirectory(bad());

    assertThat(rejection())
        .isEqualTo(new Reason(Reason.Kind.NOT_A_JAR, bad() + " must be a file, is not"));
  }

  @Test
  void thatDoesNotExist() throws IOException {
    Files.createSymbolicLink(bad(), directory.resolve("gone.jar"));

    assertThat(rejection())
        .isEqualTo(new Reason(Reason.Kind.NOT_A_JAR, bad() + " must be a file, does not exist"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/touchstone/plugin.properties"})
  void thatWouldFillTheMemory(String name) {
    PluginJar.withoutDescriptor().resource(name, " ".repeat(9 << 20)).writeTo(bad());

    assertThat(rejection())
        .isEqualTo(
            new Reason(Reason.Kind.DESCRIPTOR, name + " must not be larger than 8388608 bytes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/touchstone/plugin.properties"})
  void thatWouldFillTheMemoryAndSaysItIsSmall(String name) throws IOException {
    PluginJar.withoutDescriptor().resource(name, " ".repeat(9 << 20)).writeTo(bad());
    var bytes = ByteBuffer.wrap(Files.readAllBytes(bad())).order(ByteOrder.LITTLE_ENDIAN);
    int directory = bytes.getInt(bytes.limit() - 6); // where the list of entries starts
    bytes.putInt(directory + 24, 100); // the size of the first one
    Files.write(bad(), bytes.array());

    assertThat(rejection().kind()).isIn(Reason.Kind.DESCRIPTOR, Reason.Kind.NOT_A_JAR);
  }

  @Test
  void thatIsTruncated() throws IOException {
    var whole =
        Files.readAllBytes(PluginJar.of("bad", "1").resource("a.txt", "text").writeTo(bad()));
    Files.write(bad(), Arrays.copyOf(whole, whole.length - 30));

    assertThat(rejection().kind()).isEqualTo(Reason.Kind.NOT_A_JAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.txt", "a/../../evil.txt", "/etc/evil", "C:\\evil", "a\\..\\evil", ".."})
  void thatLeadsOutside(String path) {
    PluginJar.of("bad", "1").resource(path, "evil").writeTo(bad());

    var reason = rejection();

    assertThat(reason.kind()).isEqualTo(Reason.Kind.NOT_A_JAR);
    assertThat(reason.message())
        .isEqualTo(bad() + " has an entry that leads outside of it: \"" + path
            + "\"; make the jar with paths relative to its root");
  }

  @Test
  void thatHasNoDescriptor() {
    PluginJar.withoutDescriptor().resource("a.txt", "text").writeTo(bad());

    assertThat(rejection())
        .isEqualTo(new Reason(
            Reason.Kind.DESCRIPTOR,
            "the jar has no descriptor; add META-INF/touchstone/plugin.properties with id and version, or"
                + " Plugin-Id and Plugin-Version to the manifest"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id       | a b         | id must be up to 100 letters, digits and . _ -, was \"a b\"",
        "id       | ''          | the descriptor must have an entry \"id\"",
        "version  | new         | a version must look like 1.4.2 or 2.0.0-rc.1, was \"new\"",
        "requires | x@>=2 <1    | no version can be in the range \">=2 <1\"; its lower bound is above the"
            + " upper one",
        "requires | bad         | requires must name other plugins, each once; \"bad\" is the plugin itself"
            + " or was named before",
        "requires | @1          | requires must list plugins like core@^1.2, was \"@1\"",
        "exports  | com acme    | exports must list packages like com.acme.charts, was \"com acme\"",
        "version  | \\u00zz     | Malformed \\uxxxx encoding."
      })
  void whoseDescriptorIsMalformed(String property, String value, String message) {
    PluginJar.of("bad", "1").property(property, value).writeTo(bad());

    assertThat(rejection()).isEqualTo(new Reason(Reason.Kind.DESCRIPTOR, message));
  }

  @ParameterizedTest
  @CsvSource({"version, 1.0.0-a, .a", "exports, a, .a", "requires, x@1.0.0-a, .a"})
  void whoseDescriptorWouldOverflowTheStack(String property, String start, String more) {
    PluginJar.of("bad", "1").property(property, start + more.repeat(100_000)).writeTo(bad());

    var reason = rejection();

    assertThat(reason.kind()).isEqualTo(Reason.Kind.DESCRIPTOR);
    assertThat(reason.message()).contains("at most 200 characters");
  }

  @Test
  void thatIsForAnotherApplication() {
    PluginJar.of("bad", "1").property("host", "^3").writeTo(bad());

    assertThat(rejection())
        .isEqualTo(new Reason(
            Reason.Kind.HOST_VERSION, "it runs in applications of version ^3; this one is 2.1.0"));
  }

  @Test
  void thatIsThereTwice() {
    PluginJar.of("good", "1.0").writeTo(directory.resolve("zcopy.jar"));

    assertThat(rejection())
        .isEqualTo(new Reason(
            Reason.Kind.DUPLICATE,
            "the plugin good 1.0.0 is also in " + directory.resolve("good.jar")
                + ", which was taken; remove one of them"));
  }

  @Test
  void thatMissesAnother() {
    PluginJar.of("bad", "1").requires("none@^1").writeTo(bad());

    assertThat(rejection())
        .isEqualTo(new Reason(
            Reason.Kind.MISSING_DEPENDENCY,
            "it requires none@^1; there is no plugin none that could be started"));
  }

  @Test
  void whichRequireEachOther() {
    PluginJar.of("a", "1").requires("b@*").writeTo(directory.resolve("a.jar"));
    PluginJar.of("b", "1").requires("a@*").writeTo(directory.resolve("b.jar"));

    var report = load();

    assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("good");
    assertThat(report.problems())
        .extracting(entry -> entry.state().toString())
        .containsExactly(
            "Rejected[reasons=[CYCLE: it requires itself: a -> b -> a]]",
            "Rejected[reasons=[CYCLE: it requires itself: b -> a -> b]]");
  }

  @Test
  void ofManyKindsAreListedInTheOrderOfTheFiles() throws IOException {
    PluginJar.of("missing", "1").requires("none@*").writeTo(directory.resolve("1.jar"));
    Files.writeString(directory.resolve("2.jar"), "this is no jar");
    PluginJar.of("other", "1").property("host", "^3").writeTo(directory.resolve("3.jar"));
    PluginJar.of("a", "1").writeTo(directory.resolve("4.jar"));
    PluginJar.of("a", "1").writeTo(directory.resolve("5.jar"));
    PluginJar.of("a", "0.9").writeTo(directory.resolve("6.jar"));

    var report = load();

    assertThat(report.entries())
        .extracting(entry -> entry.jar().getFileName().toString())
        .containsExactly("1.jar", "2.jar", "3.jar", "5.jar", "6.jar", "4.jar", "good.jar");
  }

  @Test
  void butAManifestWillDo() {
    PluginJar.withoutDescriptor()
        .resource(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nPlugin-Id: good\n" + "Plugin-Version: 0.9\n")
        .writeTo(bad());

    assertThat(rejection().kind()).isEqualTo(Reason.Kind.SUPERSEDED);
  }
}
