package dev.touchstone.examples.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.gateway.route.Authenticator;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/**
 * Lets in who brings a key that is known. What is known is the hash: whoever reads the configuration
 * cannot call with it.
 *
 * <p>Immutable; for all threads.
 */
public final class ApiKeys implements Authenticator {

  /*
   * A plain SHA-256 is enough, and a slow hash would be the wrong thing: keys are 256 random bits and
   * not words that somebody chose, so there is nothing to guess, and every request pays for it.
   *
   * The first bytes of the hash find the few keys that may be meant. That takes a different time for
   * different keys, and tells whoever measures it something about a hash that they can compute
   * themselves. The comparison of all bytes takes the same time for each.
   */

  /** The field that has the key, unless another is chosen. */
  public static final String FIELD = "X-Api-Key";

  private static final String PREFIX = "tsk_";
  private static final int RANDOM_BYTES = 32;

  /**
   * A key.
   *
   * @param name who has it, in logs and at backends; several keys may have one name, while one takes
   *     the place of the other
   * @param tier what it may, such as {@code gold}
   * @param sha256 the hash of the key in hexadecimal, see {@link #hash}
   */
  public record Key(String name, String tier, String sha256) {

    /**
     * Checks the hash.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Key {
      if (!sha256.matches("[0-9a-fA-F]{64}")) {
        throw new IllegalArgumentException("sha256 of the key '" + name
            + "' must have 64 hexadecimal digits; never put the key itself here");
      }
    }

    private byte[] bytes() {
      return HexFormat.of().parseHex(sha256);
    }
  }

  private final String field;
  private final Map<Integer, List<Key>> byStart = new HashMap<>();
  private final Set<String> tiers;

  /** Creates one with the field {@link #FIELD}. */
  public ApiKeys(Collection<Key> keys) {
    this(FIELD, keys, Set.of());
  }

  /**
   * Creates one.
   *
   * @param field the name of the header field that has the key
   * @param tiers those that are let in; empty for all
   * @throws IllegalArgumentException if two keys have the same hash
   */
  public ApiKeys(String field, Collection<Key> keys, Set<String> tiers) {
    this.field = field;
    this.tiers = Set.copyOf(tiers);
    for (var key : keys) {
      var hash = key.bytes();
      var same = byStart.computeIfAbsent(start(hash), start -> new ArrayList<>());
      if (same.stream().anyMatch(other -> MessageDigest.isEqual(other.bytes(), hash))) {
        throw new IllegalArgumentException(
            "the key '" + key.name() + "' is there twice; each key has one name and tier");
      }
      same.add(key);
    }
  }

  /** Returns a new key: 256 random bits, in a form that scanners for secrets can recognize. */
  public static String generate() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + HexFormat.of().formatHex(bytes);
  }

  /** Returns what the configuration has of a key. */
  public static String hash(String key) {
    return HexFormat.of().formatHex(sha256(key));
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static int start(byte[] hash) {
    return ByteBuffer.wrap(hash).getInt();
  }

  @Override
  public Caller authenticate(Exchange exchange) throws ProblemException {
    var values = exchange.fields().getValuesList(field);
    if (values.size() != 1) {
      throw refused("This route takes an API key: send it once, in the field " + field + ".");
    }
    var hash = sha256(values.getFirst());
    for (var known : byStart.getOrDefault(start(hash), List.of())) {
      if (MessageDigest.isEqual(known.bytes(), hash)) {
        return admitted(known);
      }
    }
    throw refused("The API key is not known, or not any more; ask for a new one.");
  }

  private Caller admitted(Key key) throws ProblemException {
    if (!tiers.isEmpty() && !tiers.contains(key.tier())) {
      throw new ProblemException(
          Problem.of(403, "A key of the tier " + key.tier() + " is not enough for this route."));
    }
    return new Caller.KeyHolder(key.name(), key.tier());
  }

  private ProblemException refused(String why) {
    return new ProblemException(
        Problem.of(401, why),
        HttpFields.build().put("WWW-Authenticate", "ApiKey field=\"" + field + "\""),
        null);
  }
}
