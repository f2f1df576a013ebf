package dev.touchstone.examples.taskqueue.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSearchTest {

  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  private static JobFilter parse(String text) {
    return JobSearch.parse(text, NOW);
  }

  @Test
  void meansAllJobsIfItIsEmpty() {
    assertThat(parse("  ")).isEqualTo(JobFilter.all());
  }

  @Test
  void takesTermsTogether() {
    assertThat(parse("kind:email.* queue:default error~\"no answer\"  args~ada since:1h"))
        .isEqualTo(JobFilter.all()
            .ofKind("email.*")
            .ofQueue("default")
            .withError("no answer")
            .withPayload("ada")
            .since(NOW.minusSeconds(3_600)));
  }

  @Test
  void knowsStatusesAndNumbers() {
    assertThat(parse("status:dead,Retrying"))
        .isEqualTo(JobFilter.in(Set.of(JobStatus.DEAD, JobStatus.RETRYING)));
    assertThat(parse("7")).isEqualTo(JobFilter.all().only(7));
    assertThat(parse("id:7")).isEqualTo(JobFilter.all().only(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "kind:            | 'kind:' needs a value right behind it",
        "kind:a kind:b    | 'kind:' may be there only once",
        "7 8              | 'id:' may be there only once",
        "since:soon       | since: takes a length of time such as 500ms, 1.5s, 10m, 24h or 7d, was 'soon'",
        "status:gone      | status: takes [ready, scheduled, retrying, running, succeeded, dead, cancelled, expired], was 'gone'",
        "colour:red       | a search is made of kind:NAME, queue:NAME, status:NAME, id:NUMBER, args~TEXT, error~TEXT and since:1h; there is no 'colour:'",
        "ada              | a search is made of kind:NAME, queue:NAME, status:NAME, id:NUMBER, args~TEXT, error~TEXT and since:1h; 'ada' is none of them",
        "kind~a           | a search is made of kind:NAME, queue:NAME, status:NAME, id:NUMBER, args~TEXT, error~TEXT and since:1h; there is no 'kind~'",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(text)).withMessage(message);
  }
}
