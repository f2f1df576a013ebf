package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

class ChannelBlockedTest {

  @Test
  void isRecordedForWaitsOnly() throws Exception {
    var events = new LinkedBlockingQueue<RecordedEvent>();
    Channel<String> channel = Channel.buffered(1);
    try (var recording = new RecordingStream()) {
      recording.enable("touchstone.ChannelBlocked").withoutThreshold();
      recording.onEvent("touchstone.ChannelBlocked", events::add);
      recording.setReuse(false);
      recording.startAsync();

      channel.send("not blocked");
      assertThat(channel.send("blocked", Duration.ofMillis(1))).isFalse();

      recording.stop(); // waits until what was recorded has been passed on
    }

    var ours = events.stream()
        .filter(e -> e.getThread().getJavaThreadId() == Thread.currentThread().threadId())
        .toList();
    assertThat(ours).hasSize(1);
    var event = ours.getFirst();
    assertThat(event.getString("operation")).isEqualTo("send");
    assertThat(event.getString("channel")).isEqualTo("Channel[open, size=1, capacity=1]");
    assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(1));
    assertThat(channel.statistics()).isEqualTo(new ChannelStatistics(1, 0, 0, 1, 0));
  }
}
