package dev.touchstone.examples.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant. */
final class NearestName {

  private NearestName() {}

  /**
   * Returns the valid name that differs least from a text: by at most a third of its letters, case
   * aside; empty if none does.
   */
  static Optional<String> to(String text, Collection<String> valid) {
    var most = Math.max(1, text.length() / 3);
    return valid.stream()
        .filter(name -> distance(text, name) <= most)
        .min(Comparator.comparingInt(name -> distance(text, name)));
  }

  /** Levenshtein's distance: the letters to insert, remove or replace; two swapped ones count once. */
  private static int distance(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var table = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      for (var j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, table);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] table) {
    var replace = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    var cost = Math.min(replace, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
    var isSwap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwap ? Math.min(cost, table[i - 2][j - 2] + 1) : cost;
  }
}
