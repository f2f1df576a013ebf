package dev.touchstone.concurrency.channel;

import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the contract against the queue of the JDK, to test the tests. */
@ParameterizedClass
@EnumSource
class LinkedBlockingQueueTest extends TransferContract {

  LinkedBlockingQueueTest(Crew.Kind kind) {
    super(kind);
  }

  @Override
  <T> Transfer<T> transfer(int capacity) {
    return Transfer.of(new LinkedBlockingQueue<T>(capacity));
  }
}
