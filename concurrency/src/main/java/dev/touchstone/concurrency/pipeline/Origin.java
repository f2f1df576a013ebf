package dev.touchstone.concurrency.pipeline;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.channel.Receiver;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the source of a pipeline for each run. */
@FunctionalInterface
interface Origin {

  Cursor open();

  /** Reads the source in one run; used by one thread. */
  interface Cursor extends AutoCloseable {

    /** Returns the next element, or null if there are no more. */
    @Nullable
    Object next(Worker worker) throws Exception;

    @Override
    default void close() {}
  }

  static Origin iterable(Iterable<?> elements) {
    return () -> {
      var iterator = elements.iterator();
      return worker -> next(iterator);
    };
  }

  static Origin stream(Supplier<? extends Stream<?>> streams) {
    return () -> {
      Stream<?> stream = requireNonNull(streams.get(), "the stream of the source is null");
      return new Cursor() {

        // Asked for after the opening, so that a stream that refuses is closed, too.
        private @Nullable Iterator<?> iterator;

        @Override
        public @Nullable Object next(Worker worker) {
          if (iterator == null) {
            iterator = stream.iterator();
          }
          return Origin.next(iterator);
        }

        @Override
        public void close() {
          stream.close();
        }
      };
    };
  }

  private static @Nullable Object next(Iterator<?> iterator) {
    return iterator.hasNext()
        ? requireNonNull(iterator.next(), "the source has an element that is null")
        : null;
  }

  static Origin source(Source<?> source) {
    return () -> worker -> source.next();
  }

  static Origin receiver(Receiver<?> channel) {
    return () -> worker -> {
      try {
        return worker.receive(channel);
      } catch (ChannelClosedException closed) {
        if (closed.getCause() != null) {
          throw closed;
        }
        return null;
      }
    };
  }
}
