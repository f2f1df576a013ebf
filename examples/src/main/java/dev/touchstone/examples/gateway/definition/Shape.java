package dev.touchstone.examples.gateway.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a call's value gets into the answer, and where. Of a list, each item is shaped.
 *
 * @param keep the members that stay, in this order; empty for all
 * @param drop the members that do not
 * @param rename new names by the old ones
 * @param into the member of the answer that the value becomes; empty if its members become the answer's
 */
public record Shape(
    List<String> keep, List<String> drop, Map<String, String> rename, Optional<String> into) {

  /** Copies what it is given. */
  public Shape {
    keep = List.copyOf(keep);
    drop = List.copyOf(drop);
    rename = Map.copyOf(rename);
  }

  /** Returns whether it changes nothing. */
  public boolean isPlain() {
    return keep.isEmpty() && drop.isEmpty() && rename.isEmpty() && into.isEmpty();
  }
}
