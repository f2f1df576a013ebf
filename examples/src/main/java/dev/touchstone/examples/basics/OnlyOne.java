package dev.touchstone.examples.basics;

import dev.touchstone.patterns.lazy.Lazy;
import dev.touchstone.patterns.lazy.Scope;
import java.io.PrintWriter;

/**
 * The Singleton without its trouble: one object, made when first needed, closed at the end, and
 * another one in a test.
 *
 * <p>What makes the classic singleton hard to live with is not that there is one, but that it is
 * reached through a static method: nobody can put another in its place, and nobody knows when to
 * close it. A scope is an ordinary object that owns its single ones.
 */
final class OnlyOne {

  private OnlyOne() {}

  /** What a program needs one of. */
  private static final class Shop implements AutoCloseable {

    private final Scope scope = new Scope();
    private final Lazy<Database> database;
    private final Lazy<Orders> orders;

    Shop(PrintWriter out) {
      database = scope.single(Database.class, () -> new Database("real", out));
      orders = scope.single(Orders.class, () -> new Orders(database.get(), out));
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private record Database(String name, PrintWriter out) implements AutoCloseable {

    Database {
      out.println("  open the " + name + " database");
    }

    @Override
    public void close() {
      out.println("  close the " + name + " database");
    }
  }

  private record Orders(Database database, PrintWriter out) implements AutoCloseable {

    @Override
    public void close() {
      out.println("  close the orders");
    }
  }

  static void run(PrintWriter out) {
    out.println("in the program:");
    try (var shop = new Shop(out)) {
      out.println("  asked once: " + shop.orders.get().database().name());
      out.println("  asked twice: " + shop.orders.get().database().name());
    } // in the reverse order of their making
    out.println("in a test:");
    try (var shop = new Shop(out)) {
      shop.scope.replace(Database.class, new Database("pretended", out));
      out.println("  the orders use the " + shop.orders.get().database().name() + " database");
    }
  }
}
