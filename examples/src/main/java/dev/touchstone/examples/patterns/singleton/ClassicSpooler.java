package dev.touchstone.examples.patterns.singleton;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classic form: a class that keeps its only object, for everybody to fetch. */
final class ClassicSpooler {

  private static @Nullable ClassicSpooler instance;

  private final List<String> jobs = new ArrayList<>();

  private ClassicSpooler() {}

  static synchronized ClassicSpooler getInstance() {
    if (instance == null) {
      instance = new ClassicSpooler();
    }
    return instance;
  }

  synchronized void print(String job) {
    jobs.add(job);
  }

  synchronized int waiting() {
    return jobs.size();
  }
}
