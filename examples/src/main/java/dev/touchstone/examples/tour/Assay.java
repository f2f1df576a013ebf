package dev.touchstone.examples.tour;

/** What the API says of a mineral. */
record Assay(String mineral, double hardness, double density) {

  /** Returns what it is a variety of: {@code spinel} for {@code Cobalt spinel}. */
  String group() {
    return mineral.substring(mineral.lastIndexOf(' ') + 1);
  }
}
