package dev.touchstone.benchmarks.plugin;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar that is made without a compiler: that would warm up what is to be measured cold. */
final class Jar {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  Jar text(String path, String text) {
    entries.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a class of this package. */
  Jar own(Class<?> type) throws IOException {
    var path = pathOf(type.getName());
    try (var in = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(path))) {
      entries.put(path, in.readAllBytes());
    }
    return this;
  }

  /** Adds a class without members. */
  Jar empty(String name) {
    entries.put(pathOf(name), ClassFile.of().build(ClassDesc.of(name), type -> {}));
    return this;
  }

  private static String pathOf(String className) {
    return className.replace('.', '/') + ".class";
  }

  void writeTo(Path file) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }
}
