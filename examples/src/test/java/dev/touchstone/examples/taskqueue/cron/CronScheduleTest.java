package dev.touchstone.examples.taskqueue.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

  /** Returns the next moments after a local time, as the clock on the wall shows them. */
  private static List<String> next(String cron, String zone, String after, int count) {
    var id = ZoneId.of(zone);
    var schedule = CronSchedule.parse(cron, id);
    var moments = new ArrayList<String>();
    var last = LocalDateTime.parse(after).atZone(id).toInstant();
    for (int i = 0; i < count; i++) {
      last = schedule.next(last).orElseThrow();
      moments.add(ZonedDateTime.ofInstant(last, id).toOffsetDateTime().toString());
    }
    return moments;
  }

  @Nested
  class Fields {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "* * * * *            | 2026-01-15T12:00 | 2026-01-15T12:01Z",
          "*/15 * * * *         | 2026-01-15T12:01 | 2026-01-15T12:15Z",
          "7/20 * * * *         | 2026-01-15T12:08 | 2026-01-15T12:27Z",
          "0 3 * * *            | 2026-01-15T12:00 | 2026-01-16T03:00Z",
          "0 3,15 * * *         | 2026-01-15T12:00 | 2026-01-15T15:00Z",
          "30 9-17/4 * * *      | 2026-01-15T12:00 | 2026-01-15T13:30Z",
          "0 0 29 2 *           | 2026-01-15T12:00 | 2028-02-29T00:00Z",
          "0 0 31 * *           | 2026-02-01T00:00 | 2026-03-31T00:00Z",
          "0 8 * * MON-FRI      | 2026-01-16T12:00 | 2026-01-19T08:00Z",
          "0 8 * * 7            | 2026-01-16T12:00 | 2026-01-18T08:00Z",
          "0 8 * * 0            | 2026-01-16T12:00 | 2026-01-18T08:00Z",
          "0 0 13 * FRI         | 2026-01-14T00:00 | 2026-01-16T00:00Z",
          "0 0 1 jan *          | 2026-01-15T12:00 | 2027-01-01T00:00Z",
          "@hourly              | 2026-01-15T12:00 | 2026-01-15T13:00Z",
          "@daily               | 2026-01-15T12:00 | 2026-01-16T00:00Z",
          "@weekly              | 2026-01-15T12:00 | 2026-01-18T00:00Z",
          "@monthly             | 2026-01-15T12:00 | 2026-02-01T00:00Z",
          "@yearly              | 2026-01-15T12:00 | 2027-01-01T00:00Z",
        })
    void sayWhen(String cron, String after, String expected) {
      assertThat(next(cron, "UTC", after, 1)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "0 8 * * 1-5       | at 08:00 on Monday to Friday",
          "0,30 9 * * *      | at 09:00, 09:30",
          "* * * * *         | every minute",
          "*/5 * * * *       | every 5 minutes",
          "15 * * * *        | at minute 15 of every hour",
          "0 */2 * * *       | at minute 0 of every 2. hour",
          "*/10 9-17 * * MON | every 10 minutes of the hours 9 to 17 on Monday",
          "@yearly           | at 00:00 on day 1 of the month in January",
          "0 0 1,15 * SUN    | at 00:00 on day 1, 15 of the month or on Sunday",
          "0 0 */2 6 *       | at 00:00 on every 2. day of the month in June",
        })
    void areSaidInWords(String cron, String words) {
      assertThat(CronSchedule.parse(cron, ZoneOffset.UTC).words()).isEqualTo(words);
    }

    @Test
    void areReadAgainWithTheirZone() {
      var schedule = CronSchedule.parse("0 3 * * *", ZoneId.of("Europe/Berlin"));

      assertThat(CronSchedule.parsePlan(schedule.toString()).zone())
          .isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThatThrownBy(() -> CronSchedule.parsePlan("0 3 * * * Nowhere/At_All"))
          .hasMessage("a plan is an expression and a time zone, such as '0 3 * * * Europe/Berlin',"
              + " was '0 3 * * * Nowhere/At_All'");
    }

    @Test
    void mayNeverFit() {
      assertThat(CronSchedule.parse("0 0 30 2 *", ZoneOffset.UTC).next(Instant.EPOCH))
          .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "60 * * * *   | minute must be from 0 to 59, was '60'",
          "0 24 * * *   | hour must be from 0 to 23, was '24'",
          "0 0 0 * *    | day of the month must be from 1 to 31, was '0'",
          "0 0 * 13 *   | month must be from 1 to 12, was '13'",
          "0 0 * * 8    | day of the week must be from 0 to 7, was '8'",
          "0 17-9 * * * | hour '17-9' goes backwards: write two ranges with a comma",
          "*/0 * * * *  | the step of minute must be from 1 to 60, was '0'",
          "30/2147483647 * * * * | the step of minute must be from 1 to 60, was '2147483647'",
          "99999999999 3 * * * | minute must be made of numbers, names, and the signs * , - and /, was '99999999999'",
          "x * * * *    | minute must be made of numbers, names, and the signs * , - and /, was 'x'",
          ", * * * *    | minute must be made of numbers, names, and the signs * , - and /, was ''",
        })
    void areExplainedWhenTheyAreWrong(String cron, String message) {
      assertThatThrownBy(() -> CronSchedule.parse(cron, ZoneOffset.UTC)).hasMessage(message);
    }

    @Test
    void areFive() {
      assertThatThrownBy(() -> CronSchedule.parse("0 3 * *", ZoneOffset.UTC))
          .hasMessage(
              "a cron expression has 5 fields (minute, hour, day of the month, month, day of"
                  + " the week), such as '0 3 * * MON', or is one of [@daily, @hourly, @monthly, @weekly,"
                  + " @yearly]; was '0 3 * *'");
    }
  }

  /** What happens where clocks are changed. */
  @Nested
  class Changes {

    @Test
    void letATimeThatIsLeftOutFireAfterThem() {
      assertThat(next("30 2 * * *", "America/New_York", "2026-03-07T12:00", 2))
          .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00");
      assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00", 2))
          .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void letSeveralTimesThatAreLeftOutFireOnce() {
      assertThat(next("0,30 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00", 3))
          .containsExactly(
              "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void letATimeThatComesTwiceFireOnce() {
      assertThat(next("30 1 * * *", "America/New_York", "2026-10-31T12:00", 2))
          .containsExactly("2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00");
      assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00", 2))
          .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void doNotDisturbIntervals() {
      assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-03-29T01:00", 4))
          .containsExactly(
              "2026-03-29T01:30+01:00",
              "2026-03-29T03:00+02:00",
              "2026-03-29T03:30+02:00",
              "2026-03-29T04:00+02:00");
      assertThat(next("0 * * * *", "Europe/Berlin", "2026-10-25T01:00", 4))
          .containsExactly(
              "2026-10-25T02:00+02:00",
              "2026-10-25T02:00+01:00",
              "2026-10-25T03:00+01:00",
              "2026-10-25T04:00+01:00");
    }

    @Test
    void mayBeOfHalfAnHour() {
      assertThat(next("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00", 2))
          .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
      assertThat(next("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00", 2))
          .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
    }

    @Test
    void mayGoTheOtherWayRound() { // Casablanca goes back for Ramadan, and on again after it
      assertThat(next("30 2 * * *", "Africa/Casablanca", "2025-02-22T12:00", 2))
          .containsExactly("2025-02-23T02:30+01:00", "2025-02-24T02:30Z");
      assertThat(next("30 2 * * *", "Africa/Casablanca", "2025-04-05T12:00", 2))
          .containsExactly("2025-04-06T03:00+01:00", "2025-04-07T02:30+01:00");
    }

    @Test
    void mayLeaveOutADay() { // the 30th of December 2011 did not happen in Samoa
      assertThat(next("0 12 * * *", "Pacific/Apia", "2011-12-28T13:00", 3))
          .containsExactly(
              "2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T12:00+14:00");
      assertThat(next("0 */12 * * *", "Pacific/Apia", "2011-12-29T01:00", 3))
          .containsExactly(
              "2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T12:00+14:00");
    }
  }
}
