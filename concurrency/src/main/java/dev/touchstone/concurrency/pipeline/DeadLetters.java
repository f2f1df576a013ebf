package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.channel.Sender;

/** The policy to send the element to a channel and to go on. */
record DeadLetters<T>(Sender<? super DeadLetter<T>> sender) implements ErrorPolicy<T> {}
