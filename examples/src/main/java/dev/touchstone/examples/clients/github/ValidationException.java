package dev.touchstone.examples.clients.github;

import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GitHub understood a request and did not accept its values. */
public final class ValidationException extends ClientErrorException {

  private static final long serialVersionUID = 1L;

  private final transient List<Field> fields;

  ValidationException(ErrorContext context, List<Field> fields) {
    super(context);
    this.fields = List.copyOf(fields);
  }

  /** Returns what is wrong; may be empty, where GitHub does not say. */
  public List<Field> fields() {
    return fields;
  }

  /**
   * What is wrong with one field.
   *
   * @param resource the kind of thing, such as {@code Issue}
   * @param field its field
   * @param code {@code missing}, {@code missing_field}, {@code invalid}, {@code already_exists},
   *     {@code unprocessable} or {@code custom}
   * @param message a sentence; only with {@code custom}
   */
  public record Field(
      @Nullable String resource,
      @Nullable String field,
      @Nullable String code,
      @Nullable String message) {}
}
