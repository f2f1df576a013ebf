package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueueCommandTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = new String[arguments.length + 4];
    line[0] = "queue";
    line[1] = command;
    line[2] = "--store";
    line[3] = folder.resolve("queue.db").toString();
    System.arraycopy(arguments, 0, line, 4, arguments.length);
    return new CommandLineInterface(new PrintWriter(out), new PrintWriter(err)).run(line);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  private void enqueue(String... arguments) {
    assertThat(run("enqueue", arguments)).as(err.toString()).isZero();
  }

  @Test
  void runsPrograms() throws Exception {
    var marker = folder.resolve("marker");
    enqueue(
        "program.run",
        "{\"command\":[\"sh\",\"-c\",\"echo $TOUCHSTONE_JOB $TOUCHSTONE_ATTEMPT $TOUCHSTONE_IDEMPOTENCY_KEY > "
            + marker + "\"]}");
    assertThat(out.toString()).isEqualTo("1" + System.lineSeparator());

    assertThat(run("work", "--drain")).as(err.toString()).isZero();

    assertThat(out.toString()).startsWith("1 done, 0 to be tried again, 0 given up, 0 returned");
    assertThat(Files.readString(marker)).isEqualTo("1 1 tq-1\n");
    assertThat(run("jobs", "1")).isZero();
    assertThat(out.toString())
        .contains("job 1 of kind program.run, version 1", "  status    SUCCEEDED");
  }

  @Test
  void keepsDeadLettersAndRedrivesThem() {
    enqueue("program.run", "{\"command\":[\"sh\",\"-c\",\"echo no such file; exit 65\"]}");
    run("work", "--drain");

    assertThat(run("dead", "--json")).isZero();
    assertThat(json()).hasSize(1);
    assertThat(json().get(0).get("error").asString())
        .isEqualTo("sh ended with status 65: no such file");
    assertThat(run("dead", "--redrive", "--dry-run")).isZero();
    assertThat(out.toString()).startsWith("1 would be redriven");
    assertThat(run("dead", "--redrive", "--error", "something else")).isZero();
    assertThat(out.toString()).startsWith("0 redriven");
    assertThat(run("dead", "--redrive", "--error", "NO SUCH")).isZero();
    assertThat(out.toString()).startsWith("1 redriven");
    assertThat(run("jobs", "--status", "READY", "--json")).isZero();
    assertThat(json().get(0).get("redriven").asLong()).isEqualTo(1);
  }

  @Test
  void storesUniqueJobsOnce() {
    enqueue("mail", "{}", "--unique", "a");

    assertThat(run("enqueue", "mail", "{}", "--unique", "a")).isZero();

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("not stored: a job with the key 'a' has not ended yet");
    assertThat(run("enqueue", "mail", "{}", "--unique", "a", "--json")).isZero();
    assertThat(json().get("duplicateOf").asString()).isEqualTo("a");
  }

  @Test
  void cancelsJobs() {
    enqueue("mail", "{}");

    assertThat(run("cancel", "1")).isZero();
    assertThat(out.toString()).startsWith("job 1 is cancelled");
    assertThat(run("cancel", "1")).isEqualTo(1);
    assertThat(err.toString()).startsWith("touchstone: job 1 has ended, or never was");
  }

  @Test
  void changesWhatHoldsAQueueBack() {
    enqueue("mail", "{}", "--in", "1h");

    assertThat(run("queues", "default", "--pause", "--max-running", "3", "--rate", "2.5"))
        .isZero();
    assertThat(out.toString()).contains("paused, at most 3 at a time, 2.5/s, burst 1");
    assertThat(run("queues", "default", "--resume", "--json")).isZero();
    var limits = json().get(0).get("limits");
    assertThat(limits.get("isPaused").asBoolean()).isFalse();
    assertThat(limits.get("maxRunning").asInt()).isEqualTo(3);
    assertThat(json().get(0).get("scheduled").asInt()).isEqualTo(1);
  }

  @Test
  void findsWhatHoldsJobsUp() {
    enqueue("mail", "{}");
    run("queues", "default", "--pause");

    assertThat(run("doctor")).isEqualTo(1);

    assertThat(out.toString())
        .contains(
            "- queue 'default' is paused, and 1 job waits: 'touchstone queue queues default --resume'",
            "- jobs wait that 'touchstone queue work' does not serve: [mail/1]",
            "- jobs are ready, and no worker is there: 'touchstone queue work'");
  }

  @Test
  void showsQueuesAndWorkersOnce() {
    enqueue("mail", "{}");

    assertThat(run("top", "--once")).isZero();

    assertThat(out.toString()).contains("QUEUE", "default", "no workers");
  }

  @Test
  void findsJobsByASearch() {
    enqueue("mail.send", "{\"to\":\"ada\"}");
    enqueue("mail.check", "{}", "--in", "1h");

    assertThat(run("jobs", "kind:mail.*", "args~ADA", "--json")).isZero();
    assertThat(json()).hasSize(1);
    assertThat(run("jobs", "kind:mail.*", "--status", "SCHEDULED", "--json")).isZero();
    assertThat(json().get(0).get("kind").asString()).isEqualTo("mail.check");
  }

  @Test
  void doesSomethingToAllJobsOfASearchAfterALook() {
    enqueue("mail", "{}", "--in", "1h");
    enqueue("mail", "{}", "--in", "1h");
    enqueue("other", "{}", "--in", "1h");

    assertThat(run("jobs", "kind:mail", "--apply", "START", "--dry-run", "--json"))
        .isZero();
    assertThat(json()).hasSize(2);
    assertThat(run("jobs", "--status", "READY", "--json")).isZero();
    assertThat(json()).isEmpty();
    assertThat(run("jobs", "kind:mail", "--apply", "START")).isZero();
    assertThat(out.toString()).startsWith("2 jobs");
    assertThat(run("jobs", "--apply", "CANCEL", "--json")).isZero();
    assertThat(json().get("changed").asInt()).isEqualTo(3);
  }

  @Test
  void redrivesAtAPace() {
    for (int i = 0; i < 3; i++) {
      enqueue("mail", "{}");
    }
    run("jobs", "--apply", "CANCEL");

    assertThat(run("dead", "--redrive", "--limit", "2", "--rate", "100")).isZero();
    assertThat(out.toString()).startsWith("2 redriven");
    assertThat(run("dead", "--json")).isZero();
    assertThat(json()).hasSize(1);
  }

  @Test
  void forgetsWhatEndedLongAgo() {
    enqueue("mail", "{}");
    run("cancel", "1");

    assertThat(run("purge", "--done", "1h", "--dead", "1h")).isZero();
    assertThat(out.toString()).startsWith("0 jobs forgotten");
    assertThat(run("purge", "--dead", "1s")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "touchstone: dead must be from a minute to 36,500 days, or empty for ever, was PT1S");
    assertThat(run("purge")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("touchstone: --done or --dead is missing: what is to be forgotten?");
  }

  @Test
  void measures() {
    assertThat(run("bench", "--jobs", "200", "--single", "5", "--json"))
        .as(err.toString())
        .isZero();

    assertThat(json().get("jobs").asInt()).isEqualTo(200);
    assertThat(json().get("donePerSecond").asLong()).isPositive();
  }

  private void wrong(int status, String message, String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var actual = new CommandLineInterface(new PrintWriter(out), new PrintWriter(err)).run(line);
    assertThat(err.toString()).startsWith("touchstone: " + message);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(actual).isEqualTo(status);
  }

  @Test
  void saysWhatIsWrong() {
    var none = folder.resolve("none.db").toString();
    enqueue("mail", "{}");
    assertThat(run("jobs", "since:soon")).isEqualTo(2);
    assertThat(err.toString()).startsWith("touchstone: since: takes a length of time such as ");
    assertThat(run("dead", "--redrive", "--limit", "-1")).isEqualTo(2);
    assertThat(err.toString()).startsWith("touchstone: --limit must be at least 1, was -1");
    assertThat(run("dead", "--redrive", "--rate", "0")).isEqualTo(2);
    assertThat(err.toString()).startsWith("touchstone: --rate must be positive, was 0.0");
    wrong(
        1,
        "there is no queue in " + none
            + ": 'touchstone queue enqueue' makes one, and --store names another",
        "queue",
        "jobs",
        "--store",
        none);
    wrong(
        2,
        "JSON must be a JSON value such as '{\"to\":\"ada\"}': ",
        "queue",
        "enqueue",
        "--store",
        none,
        "mail",
        "{to");
    wrong(
        2,
        "--in and --at exclude each other",
        "queue",
        "enqueue",
        "--store",
        none,
        "mail",
        "{}",
        "--in",
        "1s",
        "--at",
        "2026-01-01T00:00:00Z");
    wrong(
        2,
        "--queues must look like mail:10,reports:2, was 'mail'",
        "queue",
        "work",
        "--store",
        none,
        "--queues",
        "mail");
    wrong(2, "minute must be from 0 to 59, was '99'", "queue", "cron", "99 * * * *");
    wrong(
        2,
        "ZONE must be a time zone such as Europe/Berlin, was 'Mars'",
        "queue",
        "cron",
        "0 3 * * *",
        "--zone",
        "Mars");
    wrong(2, "--count must be at least 1, was 0", "queue", "cron", "0 3 * * *", "-n", "0");
    wrong(1, "'0 0 30 2 *' does not fire within five years", "queue", "cron", "0 0 30 2 *");
    wrong(
        1,
        "cannot open " + folder + ": it is a folder, and a file is needed",
        "queue",
        "enqueue",
        "--store",
        folder.toString(),
        "mail",
        "{}");
  }

  @Test
  void tellsWhenACronExpressionFires() {
    var status = new CommandLineInterface(new PrintWriter(out), new PrintWriter(err))
        .run(
            "queue",
            "cron",
            "30 2 * * *",
            "--zone",
            "Europe/Berlin",
            "-n",
            "2",
            "--after",
            "2026-03-28T12:00:00Z",
            "--json");

    assertThat(status).isZero();
    assertThat(json().get(0).asString()).isEqualTo("2026-03-29T03:00+02:00[Europe/Berlin]");
    assertThat(json().get(1).asString()).isEqualTo("2026-03-30T02:30+02:00[Europe/Berlin]");
  }

  @Test
  void printsTheSchema() {
    var status = new CommandLineInterface(new PrintWriter(out), new PrintWriter(err))
        .run("queue", "schema", "postgres");

    assertThat(status).isZero();
    assertThat(out.toString()).contains("create table tq_job (");
  }
}
