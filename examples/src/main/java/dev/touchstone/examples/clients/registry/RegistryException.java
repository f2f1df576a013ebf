package dev.touchstone.examples.clients.registry;

import dev.touchstone.apiclient.ClientErrorException;
import dev.touchstone.apiclient.ErrorContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registry refused a request and said why, in the format that registries have for it.
 *
 * <p><b>Source:</b> the distribution specification, "Error codes".
 */
public final class RegistryException extends ClientErrorException {

  private static final long serialVersionUID = 1L;

  private final transient List<Reason> reasons;

  RegistryException(ErrorContext context, List<Reason> reasons) {
    super(context);
    this.reasons = List.copyOf(reasons);
  }

  /** Returns the reasons, one or more. */
  public List<Reason> reasons() {
    return reasons;
  }

  /** Returns whether a code such as {@code MANIFEST_UNKNOWN} is among the reasons. */
  public boolean has(String code) {
    return reasons.stream().anyMatch(reason -> reason.code().equals(code));
  }

  /**
   * A reason.
   *
   * @param code what programs go by, such as {@code NAME_UNKNOWN}
   * @param message a sentence for a person; null if there is none
   */
  public record Reason(String code, @Nullable String message) {}

  /** The body of the answer. */
  record Errors(@Nullable List<Reason> errors) {

    List<Reason> known() {
      return errors == null ? List.of() : errors;
    }
  }
}
