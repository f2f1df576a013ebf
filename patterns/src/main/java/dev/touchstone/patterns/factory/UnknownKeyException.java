package dev.touchstone.patterns.factory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Thrown when a catalog has no maker for a key. */
public final class UnknownKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownKeyException(Object key, Collection<?> known) {
    super("no maker for " + key + advice(key.toString(), known));
  }

  private static String advice(String key, Collection<?> known) {
    return nearest(key, known)
        .map(name -> "; did you mean " + name + "? There are " + known)
        .orElse("; there are " + known);
  }

  /** Returns the known key whose text is nearest, if at most a third of it would have to change. */
  private static Optional<String> nearest(String key, Collection<?> known) {
    return known.stream()
        .map(Object::toString)
        .min(Comparator.comparingInt(name -> distance(key, name)))
        .filter(name -> 3 * distance(key, name) <= Math.max(key.length(), name.length()));
  }

  /**
   * Returns how many letters must be inserted, removed or replaced to turn one text into the other,
   * ignoring case.
   *
   * <p><b>Source:</b> Wagner and Fischer, <i>The String-to-String Correction Problem</i>, 1974.
   */
  private static int distance(String from, String to) {
    var above = new int[to.length() + 1];
    for (int i = 0; i <= to.length(); i++) {
      above[i] = i;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = above[0];
      above[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean equal =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        int replaced = diagonal + (equal ? 0 : 1);
        diagonal = above[j];
        above[j] = Math.min(replaced, 1 + Math.min(above[j], above[j - 1]));
      }
    }
    return above[to.length()];
  }
}
