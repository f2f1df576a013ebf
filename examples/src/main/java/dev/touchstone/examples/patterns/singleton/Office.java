package dev.touchstone.examples.patterns.singleton;

import java.util.List;

/** What most singletons should have been: one object, made by the one who starts, and passed on. */
record Office(List<String> spooler) {

  void print(String job) {
    spooler.add(job);
  }
}
