package dev.touchstone.examples.gateway.aggregate;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.Headers;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/** An answer to a request, before it is sent. Immutable, as long as nobody writes to its body. */
public final class Answer {

  /** Whose bytes the body is. */
  public enum Maker {
    /** A backend's: it knows them again. */
    BACKEND,
    /** Ours. */
    GATEWAY
  }

  private final int status;
  private final HttpFields fields;
  private final byte[] body;
  private final List<Part> parts;
  private final List<Headers> sources;
  private final Maker maker;

  /**
   * Creates an answer.
   *
   * @param status the HTTP status
   * @param fields its fields, without length and framing
   * @param body the body, which is not copied
   * @param parts what became of the calls, in the order of the plan
   * @param sources the fields of the answers that it is made of
   * @param maker whose bytes these are
   */
  public Answer(
      int status,
      HttpFields fields,
      byte[] body,
      List<Part> parts,
      List<Headers> sources,
      Maker maker) {
    this.status = status;
    this.fields = fields.asImmutable();
    this.body = requireNonNull(body, "body");
    this.parts = List.copyOf(parts);
    this.sources = List.copyOf(sources);
    this.maker = requireNonNull(maker, "maker");
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the fields, without length and framing. */
  public HttpFields fields() {
    return fields;
  }

  /** Returns the body itself, not to be changed. */
  public byte[] body() {
    return body;
  }

  /** Returns what became of the calls, in the order of the plan; empty if it was kept from before. */
  public List<Part> parts() {
    return parts;
  }

  /** Returns the fields of the answers that it is made of. */
  public List<Headers> sources() {
    return sources;
  }

  /** Returns whose bytes these are. */
  public Maker maker() {
    return maker;
  }

  /** Returns whether nothing is missing, and nothing in it is older than it should be. */
  public boolean isComplete() {
    return parts.stream().allMatch(part -> part.outcome() == Part.Outcome.COMPLETE);
  }

  /** Returns this answer with other fields. */
  public Answer withFields(HttpFields others) {
    return new Answer(status, others, body, parts, sources, maker);
  }

  /**
   * Returns this answer as it is after the backend has said that it is still good, with the fields that
   * it said that with (RFC 9111, section 3.2).
   *
   * @param confirmation the answer 304
   */
  public Answer confirmedBy(Answer confirmation) {
    var merged = HttpFields.build(fields);
    confirmation
        .fields()
        .getFieldNamesCollection()
        .forEach(name -> merged.put(name, confirmation.fields().getValuesList(name)));
    return new Answer(
        status,
        merged,
        body,
        confirmation.parts(),
        List.of(merged(sources.getFirst(), confirmation.sources().getFirst())),
        maker);
  }

  private static Headers merged(Headers old, Headers fresh) {
    var all = new ArrayList<String>();
    for (var name : old.names()) {
      if (fresh.first(name).isEmpty()) {
        add(name, old, all);
      }
    }
    fresh.names().forEach(name -> add(name, fresh, all));
    return Headers.of(all.toArray(String[]::new));
  }

  private static void add(String name, Headers from, List<String> to) {
    for (var value : from.all(name)) {
      to.add(name);
      to.add(value);
    }
  }
}
