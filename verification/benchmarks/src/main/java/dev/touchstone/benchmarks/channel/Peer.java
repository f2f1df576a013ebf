package dev.touchstone.benchmarks.channel;

import dev.touchstone.concurrency.channel.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;

/** The queues that are compared. */
public enum Peer {
  CHANNEL {
    @Override
    Transfer create(int capacity) {
      return channel(Channel.buffered(capacity));
    }
  },

  /** A rendezvous, whatever the capacity. */
  CHANNEL_RENDEZVOUS {
    @Override
    Transfer create(int capacity) {
      return channel(Channel.rendezvous());
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
  },

  JOX {
    @Override
    Transfer create(int capacity) {
      return jox(com.softwaremill.jox.Channel.newBufferedChannel(capacity));
    }
  },

  /** A rendezvous, whatever the capacity. */
  JOX_RENDEZVOUS {
    @Override
    Transfer create(int capacity) {
      return jox(com.softwaremill.jox.Channel.newRendezvousChannel());
    }
  },

  /** For reference: without a bound, so its senders never wait. */
  LINKED_TRANSFER_QUEUE {
    @Override
    Transfer create(int capacity) {
      return blocking(new LinkedTransferQueue<>());
    }
  },

  /** For reference: a rendezvous. */
  SYNCHRONOUS_QUEUE {
    @Override
    Transfer create(int capacity) {
      return blocking(new SynchronousQueue<>());
    }
  },

  /**
   * For reference: does not block, so it yields where the others park, and then naps: a virtual thread
   * that only yields keeps those that have not started from their turn.
   */
  JCTOOLS_MPMC {
    @Override
    Transfer create(int capacity) {
      return yielding(new MpmcArrayQueue<>(capacity));
    }
  },

  /** For reference, as {@link #JCTOOLS_MPMC}, and for one sender and one receiver only. */
  JCTOOLS_SPSC {
    @Override
    Transfer create(int capacity) {
      return yielding(new SpscArrayQueue<>(capacity));
    }
  };

  /** The two operations that all of them have. */
  interface Transfer {

    void send(Integer element) throws InterruptedException;

    Integer receive() throws InterruptedException;
  }

  abstract Transfer create(int capacity);

  private static Transfer yielding(MessagePassingQueue<Integer> queue) {
    return new Transfer() {
      @Override
      public void send(Integer element) {
        for (int attempts = 0; !queue.offer(element); attempts++) {
          yieldOrNap(attempts);
        }
      }

      @Override
      public Integer receive() {
        var element = queue.poll();
        for (int attempts = 0; element == null; attempts++) {
          yieldOrNap(attempts);
          element = queue.poll();
        }
        return element;
      }
    };
  }

  private static void yieldOrNap(int attempts) {
    if (attempts < 100) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(1_000);
    }
  }

  private static Transfer channel(Channel<Integer> channel) {
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

  private static Transfer jox(com.softwaremill.jox.Channel<Integer> channel) {
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
