package dev.touchstone.benchmarks.channel;

import dev.touchstone.concurrency.channel.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The queues that are compared. */
public enum Peer {
  CHANNEL {
    @Override
    Transfer create(int capacity) {
      Channel<Integer> channel = Channel.buffered(capacity);
      return new Transfer() {
        @Override
        public void send(Integer element) throws InterruptedException {
          channel.send(element);
        }

        @Override
        public Integer receive() throws InterruptedException {
          return channel.receive();
        }
      };
    }
  },

  ARRAY_BLOCKING_QUEUE {
    @Override
    Transfer create(int capacity) {
      return blocking(new ArrayBlockingQueue<>(capacity));
    }
  },

  LINKED_BLOCKING_QUEUE {
    @Override
    Transfer create(int capacity) {
      return blocking(new LinkedBlockingQueue<>(capacity));
    }
  };

  /** The two operations that all of them have. */
  interface Transfer {

    void send(Integer element) throws InterruptedException;

    Integer receive() throws InterruptedException;
  }

  abstract Transfer create(int capacity);

  private static Transfer blocking(BlockingQueue<Integer> queue) {
    return new Transfer() {
      @Override
      public void send(Integer element) throws InterruptedException {
        queue.put(element);
      }

      @Override
      public Integer receive() throws InterruptedException {
        return queue.take();
      }
    };
  }
}
