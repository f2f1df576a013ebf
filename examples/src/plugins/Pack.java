import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Run by the build: compiles the folders beside it, and makes a jar of each, of what is in its
 * {@code META-INF} and of the classes of the package that is named like it. Writes a list of the jars
 * with their SHA-256, too, which is how the workbench finds them and why it trusts them.
 *
 * <p>A second execution of Maven's compiler would do, but it declares its folder to be the classes of the
 * module, and other modules of the same build would then find the plugins instead of the applications.
 */
final class Pack {

  private static final String PACKAGE = "dev/touchstone/plugins/";
  private static final String LIST = "shipped.sha256";
  /** Not the first second that a jar knows: the JDK stores that one with the time zone. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  public static void main(String[] arguments) throws Exception {
    var sources = Path.of(arguments[0]);
    var classes = Files.createDirectories(Path.of(arguments[1]));
    var jars = Files.createDirectories(Path.of(arguments[2]));
    compile(sources, classes, arguments[3]);
    var list = new StringBuilder();
    try (var folders = Files.list(sources)) {
      for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
        var name = folder.getFileName().toString();
        var entries = new TreeMap<String, Path>(); // the same sources make the same jar
        collect(folder.resolve("META-INF"), folder, entries);
        collect(classes.resolve(PACKAGE + name), classes, entries);
        var jar = jars.resolve(name + ".jar");
        list.append(write(jar, entries)).append("  ").append(jar.getFileName()).append('\n');
      }
    }
    Files.writeString(jars.resolve(LIST), list);
  }

  private static void compile(Path sources, Path classes, String classPath) throws IOException {
    var options = Stream.of(
        "-d", classes.toString(), "-cp", classPath, "-proc:none", "-parameters", "-encoding", "UTF-8",
        "--release", "21", "-Xlint:all,-path,-processing,-classfile", "-Werror");
    try (var files = Files.walk(sources)) {
      var plugins = files
          .filter(file -> file.toString().endsWith(".java") && !file.getParent().equals(sources))
          .sorted()
          .map(Path::toString);
      var javac = ToolProvider.findFirst("javac").orElseThrow();
      var status = javac.run(System.out, System.err, Stream.concat(options, plugins).toArray(String[]::new));
      if (status != 0) {
        System.exit(status);
      }
    }
  }

  private static void collect(Path from, Path root, Map<String, Path> entries) throws IOException {
    try (var files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> entries.put(root.relativize(file).toString().replace('\\', '/'), file));
    }
  }

  private static String write(Path jar, Map<String, Path> entries) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (OutputStream file = new DigestOutputStream(Files.newOutputStream(jar), digest);
        var out = new ZipOutputStream(file)) {
      for (var entry : entries.entrySet()) {
        var head = new ZipEntry(entry.getKey());
        head.setTimeLocal(NO_TIME);
        out.putNextEntry(head);
        Files.copy(entry.getValue(), out);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
