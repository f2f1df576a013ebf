package dev.touchstone.examples.taskqueue.admin;

import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.yaml.DurationText;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what people type to find jobs: terms with blanks between them, all of which must fit.
 *
 * <pre>
 *   kind:email.*  queue:default  status:dead,retrying  id:7  args~ada  error~"no answer"  since:1h
 * </pre>
 *
 * <p>A number alone is that of a job. With a tilde a part is enough, in any case of letters.
 */
public final class JobSearch {

  private static final Pattern TERM =
      Pattern.compile("\\s*([a-z]+)([:~])(?:\"([^\"]*)\"|(\\S*))(?=\\s|$)|\\s*(\\S+)");

  private static final String EXPECTED =
      "a search is made of kind:NAME, queue:NAME, status:NAME, id:NUMBER, args~TEXT, error~TEXT and since:1h";

  private JobSearch() {}

  /**
   * Returns what a text means.
   *
   * @param text nothing means all jobs
   * @param now what {@code since:} counts from
   * @throws IllegalArgumentException if it means nothing, with what is wrong
   */
  public static JobFilter parse(String text, Instant now) {
    var filter = JobFilter.all();
    var seen = new HashSet<String>();
    var terms = TERM.matcher(text.strip());
    while (terms.find()) {
      var word = terms.group(5);
      var name = word != null ? "id:" : terms.group(1) + terms.group(2);
      var quoted = terms.group(3);
      var value = word != null ? word : quoted != null ? quoted : terms.group(4);
      if (value.isEmpty()) {
        throw new IllegalArgumentException("'" + name + "' needs a value right behind it");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException("'" + name + "' may be there only once");
      }
      filter = narrow(filter, name, value, now);
    }
    return filter;
  }

  private static JobFilter narrow(JobFilter filter, String name, String value, Instant now) {
    return switch (name) {
      case "kind:" -> filter.ofKind(value);
      case "queue:" -> filter.ofQueue(value);
      case "status:" -> filter.within(statuses(value));
      case "id:" -> filter.only(number(value));
      case "args~" -> filter.withPayload(value);
      case "error~" -> filter.withError(value);
      case "since:" ->
        filter.since(now.minus(DurationText.parse(value)
            .orElseThrow(() -> new IllegalArgumentException(
                "since: takes " + DurationText.EXPECTED + ", was '" + value + "'"))));
      default -> throw new IllegalArgumentException(EXPECTED + "; there is no '" + name + "'");
    };
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(EXPECTED + "; '" + text + "' is none of them");
    }
    return Long.parseLong(text);
  }

  private static Set<JobStatus> statuses(String names) {
    var statuses = EnumSet.noneOf(JobStatus.class);
    for (var name : names.split(",", -1)) {
      try {
        statuses.add(JobStatus.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "status: takes " + EnumSet.allOf(JobStatus.class).toString().toLowerCase(Locale.ROOT)
                + ", was '" + name + "'",
            e);
      }
    }
    return statuses;
  }
}
