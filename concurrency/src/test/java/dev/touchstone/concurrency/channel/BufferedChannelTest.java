package dev.touchstone.concurrency.channel;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BufferedChannelTest extends ChannelContract {

  BufferedChannelTest(Crew.Kind kind) {
    super(kind);
  }

  @Override
  <T> Channel.Builder<T> builder(int capacity) {
    return Channel.<T>builder().capacity(capacity);
  }
}
