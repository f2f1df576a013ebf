package dev.touchstone.examples.taskqueue.admin;

import java.util.regex.Pattern;

/** Takes out of an error what differs from job to job, so that errors of one cause become alike. */
final class Fingerprint {

  private static final int LONGEST = 160;

  private static final Pattern ID = Pattern.compile(
      "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b|\\b(?=\\w*\\d)[0-9a-fA-F]{12,}\\b|@[0-9a-f]{4,8}\\b");

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+");

  private Fingerprint() {}

  /** Returns the first line of an error, with a sign for each number and name that may vary. */
  static String of(String error) {
    var line = error.lines().findFirst().orElse("");
    var same = ADDRESS.matcher(line).replaceAll("…@…");
    same = ID.matcher(same).replaceAll("#");
    same = NUMBER.matcher(same).replaceAll("#");
    return same.length() <= LONGEST ? same : same.substring(0, LONGEST) + "…";
  }
}
