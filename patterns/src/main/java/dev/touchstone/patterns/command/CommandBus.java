package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import dev.touchstone.patterns.kinds.Kinds;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings each command to the one handler for its class.
 *
 * {@snippet class="dev.touchstone.patterns.command.SnippetsTest" region="command-bus"}
 *
 * <p>Everything is resolved when the bus is built: sending costs one lookup, allocates nothing, and
 * calls what was registered. A handler is found by the exact class of the command; what a handler or
 * an {@link Around} throws reaches the sender as it is.
 *
 * <p>Immutable, and safe for use by several threads as far as its handlers are. Commands may be sent
 * from inside a handler.
 */
public final class CommandBus {

  private final Map<Class<?>, Around.Next<Object>> chains;

  private CommandBus(Map<Class<?>, Around.Next<Object>> chains) {
    this.chains = new HashMap<>(chains); // one hash lookup; Map.copyOf would probe
  }

  /** Returns a builder without handlers. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Handles a command on this thread and returns its result.
   *
   * @throws NoHandlerException if there is no handler for the class of the command
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // handle() ties the class to the type of the result
  public <R extends @Nullable Object> R send(Command<R> command) {
    return (R) chain(command).proceed(command);
  }

  /**
   * Handles a command by an executor.
   *
   * @return a future of the result, or of what the handler threw
   * @throws NoHandlerException at once, if there is no handler for the class of the command
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // as above
  public <R extends @Nullable Object> CompletableFuture<R> submit(
      Command<R> command, Executor executor) {
    var chain = chain(command);
    return CompletableFuture.supplyAsync(() -> (R) chain.proceed(command), executor);
  }

  private Around.Next<Object> chain(Command<?> command) {
    var type = requireNonNull(command, "command").getClass();
    var chain = chains.get(type);
    if (chain == null) {
      throw new NoHandlerException(type, chains.size());
    }
    return chain;
  }

  /** Builds a {@link CommandBus}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private final Map<Class<?>, CommandHandler<Object, ?>> handlers = new LinkedHashMap<>();
    private final List<Wrapper> wrappers = new ArrayList<>();
    private final List<Class<?>> roots = new ArrayList<>();

    private Builder() {}

    /**
     * Registers the handler for the commands of one class.
     *
     * @throws IllegalArgumentException if the class is abstract, for a command is never of it
     * @throws IllegalStateException if the class has a handler
     */
    @SuppressWarnings("unchecked") // the handler is only given commands of the class
    public <R extends @Nullable Object, C extends Command<R>> Builder handle(
        Class<C> type, CommandHandler<? super C, ? extends R> handler) {
      requireNonNull(type, "type");
      requireNonNull(handler, "handler");
      if (Modifier.isAbstract(type.getModifiers())) {
        throw new IllegalArgumentException("a handler is found by the class of the command, and "
            + type.getName() + " is abstract; register one for each of its subclasses");
      }
      if (handlers.putIfAbsent(type, (CommandHandler<Object, ?>) handler) != null) {
        throw new IllegalStateException(
            type.getName() + " has a handler already; there can be one");
      }
      return this;
    }

    /**
     * Registers the handler for the commands of one class that have no result.
     *
     * @throws IllegalArgumentException if the class is abstract, for a command is never of it
     * @throws IllegalStateException if the class has a handler
     */
    public <C extends Command<@Nullable Void>> Builder run(
        Class<C> type, Consumer<? super C> handler) {
      requireNonNull(handler, "handler");
      return this.<@Nullable Void, C>handle(type, command -> {
        handler.accept(command);
        return null;
      });
    }

    /** Puts something around the handling of every command. The first one listed is outermost. */
    public Builder around(Around<? super Command<?>> around) {
      return wrap(Command.class, around);
    }

    /**
     * Puts something around the handling of the commands of a type and its subtypes. The first one
     * listed is outermost, whatever the types.
     */
    public <C> Builder around(Class<C> type, Around<? super C> around) {
      return wrap(requireNonNull(type, "type"), around);
    }

    @SuppressWarnings("unchecked") // applied to commands of the type only
    private Builder wrap(Class<?> type, Around<?> around) {
      wrappers.add(new Wrapper(type, (Around<Object>) requireNonNull(around, "around")));
      return this;
    }

    /**
     * Demands a handler for every permitted class of a sealed type, to be checked by {@link #build}.
     *
     * @throws IllegalArgumentException if the type is not sealed
     */
    public Builder complete(Class<?> root) {
      if (!requireNonNull(root, "root").isSealed()) {
        throw new IllegalArgumentException(
            root.getName() + " is not sealed, so that its commands are not known");
      }
      roots.add(root);
      return this;
    }

    /**
     * Returns a bus with these handlers.
     *
     * @throws IllegalStateException if a type that is to be complete is not; the message names all
     *     classes without a handler
     */
    public CommandBus build() {
      var missing = roots.stream()
          .flatMap(root -> Kinds.of(root).stream())
          .filter(kind -> !handlers.containsKey(kind))
          .map(Class::getName)
          .collect(toCollection(TreeSet::new));
      if (!missing.isEmpty()) {
        throw new IllegalStateException("no handler for " + String.join(", ", missing));
      }
      var chains = new HashMap<Class<?>, Around.Next<Object>>();
      handlers.forEach((type, handler) -> chains.put(type, chain(type, handler)));
      return new CommandBus(chains);
    }

    private Around.Next<Object> chain(Class<?> type, CommandHandler<Object, ?> handler) {
      Around.Next<Object> chain = handler::handle;
      for (var wrapper : wrappers.reversed()) {
        if (wrapper.type.isAssignableFrom(type)) {
          var around = wrapper.around;
          var next = chain;
          chain = command -> around.handle(command, next);
        }
      }
      return chain;
    }

    private record Wrapper(Class<?> type, Around<Object> around) {}
  }
}
