package dev.touchstone.examples.basics;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * Who makes the threads decides how they are named, and whether they keep the program alive.
 *
 * <p>A daemon thread does not: when only daemons are left, the virtual machine exits in the middle of
 * what they do. So a daemon is right for work whose loss nobody notices, such as refreshing a cache.
 * Virtual threads are always daemons.
 */
final class ThreadFactories {

  private ThreadFactories() {}

  static void run(PrintWriter out) throws InterruptedException, ExecutionException {
    try (var orders = ManagedExecutor.platform("orders").build()) { // the name is enough mostly
      out.println("by name:     " + orders.submit(ThreadFactories::describe).get());
    }
    try (var refresh = ManagedExecutor.platform("refresh").daemon().build()) {
      out.println("as a daemon: " + refresh.submit(ThreadFactories::describe).get());
    }
    ThreadFactory background =
        Thread.ofPlatform().name("background-", 7).daemon().factory();
    try (var slow = ManagedExecutor.platform("slow").threadFactory(background).build()) {
      out.println("by factory:  " + slow.submit(ThreadFactories::describe).get());
    }
    try (var io = ManagedExecutor.virtual("io").build()) {
      out.println("virtual:     " + io.submit(ThreadFactories::describe).get());
    }
  }

  private static String describe() {
    var thread = Thread.currentThread();
    return "%s, daemon: %s".formatted(thread.getName(), thread.isDaemon());
  }
}
