package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BufferTest {

  @Nested
  class ARing {

    private final Ring<Integer> ring = new Ring<>(3);

    @Test
    void makesRoomOnlyWhenItIsFull() {
      ring.offer(1);
      ring.offer(2);
      assertThat(ring.pollIfFull()).isNull();

      ring.offer(3);

      assertThat(ring.pollIfFull()).isEqualTo(1);
      assertThat(ring.pollIfFull()).isNull();
      assertThat(ring.size()).isEqualTo(2);
    }

    @Test
    void isEmptiedInOneStepWhenClosed() {
      ring.offer(1);
      ring.offer(2);
      ring.close();

      assertThat(ring.offer(3)).isEqualTo(Offer.CLOSED);
      assertThat(ring.isDrained()).isFalse();
      assertThat(ring.pollAll()).containsExactly(1, 2);
      assertThat(ring.pollAll()).isEmpty();
      assertThat(ring.isDrained()).isTrue();
    }
  }

  @Nested
  class Chunked {

    private final Chunks<Integer> chunks = new Chunks<>();

    @Test
    void keepsTheOrderAcrossItsChunks() {
      IntStream.range(0, 1_000).forEach(chunks::offer);

      for (var i = 0; i < 300; i++) {
        assertThat(chunks.poll()).isEqualTo(i);
      }
      assertThat(chunks.pollUpTo(500))
          .isEqualTo(IntStream.range(300, 320).boxed().toList());
      assertThat(chunks.size()).isEqualTo(680);
      chunks.close();
      assertThat(chunks.pollAll()).isEqualTo(IntStream.range(320, 1_000).boxed().toList());
      assertThat(chunks.isDrained()).isTrue();
    }

    @Test
    void isNeverFull() {
      chunks.offer(1);

      assertThat(chunks.isFull()).isFalse();
      assertThat(chunks.pollIfFull()).isNull();
    }
  }
}
