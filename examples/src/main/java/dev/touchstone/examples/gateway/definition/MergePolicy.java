package dev.touchstone.examples.gateway.definition;

/** What happens if two calls give a member of the same name. The order of calls is that of the file. */
public enum MergePolicy {
  /** The request fails; what can be foreseen is refused with the definition. */
  FAIL,
  /** The value of the first call stays. */
  FIRST,
  /** The value of the last call takes its place. */
  LAST,
  /** Objects are merged, to any depth; of other values, the last stays. */
  DEEP,
  /** They become one list: lists are joined, other values are an item each. */
  APPEND,
  /** It cannot: each call's value is a member of its own, under the name of the call. */
  NAMESPACE
}
