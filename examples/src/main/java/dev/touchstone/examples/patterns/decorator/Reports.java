package dev.touchstone.examples.patterns.decorator;

import java.util.HashMap;
import java.util.Map;

/** An interface of one method, with records as its decorators. */
@FunctionalInterface
interface Reports {

  String read(String user, String name);

  /** Lets a user read what is theirs. */
  record Guarded(Reports inner) implements Reports {
    @Override
    public String read(String user, String name) {
      if (!name.startsWith(user + "/")) {
        throw new SecurityException(user + " may not read " + name);
      }
      return inner.read(user, name);
    }
  }

  /** Remembers what was read. */
  record Cached(Reports inner, Map<String, String> cache) implements Reports {

    Cached(Reports inner) {
      this(inner, new HashMap<>());
    }

    @Override
    public String read(String user, String name) {
      return cache.computeIfAbsent(name, missing -> inner.read(user, missing));
    }
  }
}
