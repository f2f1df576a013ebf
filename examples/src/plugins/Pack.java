import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Run by the build: makes a jar of each folder beside it, of what is in its {@code META-INF} and of the
 * classes of the package that is named like it. Writes a list of the jars with their SHA-256, too, which
 * is how the workbench finds them and why it trusts them.
 */
final class Pack {

  private static final String PACKAGE = "dev/touchstone/plugins/";
  private static final String LIST = "shipped.sha256";

  public static void main(String[] arguments) throws Exception {
    var sources = Path.of(arguments[0]);
    var classes = Path.of(arguments[1]);
    var jars = Files.createDirectories(Path.of(arguments[2]));
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
        head.setTime(0);
        out.putNextEntry(head);
        Files.copy(entry.getValue(), out);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
