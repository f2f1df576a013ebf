package dev.touchstone.patterns.factory;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes objects by key, from an argument. What is wrong with the entries is said when it is built, all
 * at once.
 *
 * {@snippet class="dev.touchstone.patterns.factory.SnippetsTest" region="catalog"}
 *
 * <p>Immutable, and safe for use by several threads as far as the makers are.
 *
 * @param <K> the type of the keys
 * @param <A> the type of what a maker is given
 * @param <T> the type of what is made
 */
public final class Catalog<K, A, T> {

  private final Map<K, Function<? super A, ? extends T>> makers;

  private Catalog(Map<K, Function<? super A, ? extends T>> makers) {
    this.makers = makers;
  }

  /** Returns a builder without entries. */
  public static <K, A, T> Builder<K, A, T> builder() {
    return new Builder<>();
  }

  /**
   * Makes an object.
   *
   * @throws UnknownKeyException if there is no maker for the key; the message names the nearest one
   */
  public T make(K key, A argument) {
    var maker = makers.get(requireNonNull(key, "key"));
    if (maker == null) {
      throw new UnknownKeyException(key, makers.keySet());
    }
    return maker.apply(argument);
  }

  /** Returns the maker for a key; empty if there is none. */
  public Optional<Function<A, T>> find(K key) {
    return Optional.ofNullable(makers.get(requireNonNull(key, "key"))).map(maker -> maker::apply);
  }

  /** Returns the keys, unmodifiable, in the order of their entry. */
  public Set<K> keys() {
    return makers.keySet();
  }

  @Override
  public String toString() {
    return "Catalog" + keys();
  }

  /**
   * Builds a {@link Catalog}. Reusable after a build; not for several threads.
   *
   * @param <K> the type of the keys
   * @param <A> the type of what a maker is given
   * @param <T> the type of what is made
   */
  public static final class Builder<K, A, T> {

    private final List<Map.Entry<K, Function<? super A, ? extends T>>> entries = new ArrayList<>();
    private final Set<K> required = new LinkedHashSet<>();

    private Builder() {}

    /** Adds a maker. That its key is taken is said by {@link #build}. */
    public Builder<K, A, T> add(K key, Function<? super A, ? extends T> maker) {
      entries.add(Map.entry(requireNonNull(key, "key"), requireNonNull(maker, "maker")));
      return this;
    }

    /**
     * Adds a maker for each provider that a service loader finds.
     *
     * @param services the loader, which is iterated now; what it throws goes to the caller
     * @param keyOf returns the key of a provider
     * @param makerOf returns the maker that a provider is or has
     * @param <P> the type of the providers
     */
    public <P> Builder<K, A, T> addAll(
        ServiceLoader<P> services,
        Function<? super P, ? extends K> keyOf,
        Function<? super P, ? extends Function<? super A, ? extends T>> makerOf) {
      for (var provider : requireNonNull(services, "services")) {
        add(keyOf.apply(provider), makerOf.apply(provider));
      }
      return this;
    }

    /** Demands that there be a maker for each of these keys, to be checked by {@link #build}. */
    public Builder<K, A, T> require(Iterable<? extends K> keys) {
      keys.forEach(key -> required.add(requireNonNull(key, "key")));
      return this;
    }

    /**
     * Returns a catalog with these entries.
     *
     * @throws IllegalStateException if keys occur twice or required ones are missing; the message
     *     names all of them
     */
    public Catalog<K, A, T> build() {
      Map<K, Function<? super A, ? extends T>> makers = new LinkedHashMap<>();
      var duplicates = new LinkedHashSet<K>();
      for (var entry : entries) {
        if (makers.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
          duplicates.add(entry.getKey());
        }
      }
      var missing = new LinkedHashSet<>(required);
      missing.removeAll(makers.keySet());
      if (!duplicates.isEmpty() || !missing.isEmpty()) {
        throw new IllegalStateException(problems(duplicates, missing));
      }
      return new Catalog<K, A, T>(Collections.unmodifiableMap(makers));
    }

    private static String problems(Set<?> duplicates, Set<?> missing) {
      var problems = new ArrayList<String>();
      if (!duplicates.isEmpty()) {
        problems.add("more than one maker for " + duplicates);
      }
      if (!missing.isEmpty()) {
        problems.add("no maker for " + missing);
      }
      return String.join(" and ", problems);
    }
  }
}
