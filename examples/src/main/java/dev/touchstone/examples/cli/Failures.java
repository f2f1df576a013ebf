package dev.touchstone.examples.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says what is wrong with a file in words; the exceptions of the JDK mostly give its name only. */
final class Failures {

  private Failures() {}

  static CommandFailedException cannotWrite(Path file, UncheckedIOException failure) {
    return cannotWrite(file, requireNonNull(failure.getCause()));
  }

  static CommandFailedException cannotWrite(Path file, IOException cause) {
    return new CommandFailedException("cannot write " + file + ": " + reason(file, cause), cause);
  }

  private static String reason(Path file, IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "its folder does not exist";
      case AccessDeniedException denied -> "permission denied";
      case NotDirectoryException notFolder -> notFolder.getFile() + " is not a folder";
      case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is in the way";
      case FileSystemException other when Files.isDirectory(file) -> "it is a folder";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
