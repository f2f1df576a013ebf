package dev.touchstone.examples.cabinet;

import java.util.List;

/**
 * One mineral of the collection.
 *
 * @param number its place in the collection, from 0
 * @param name its name, unique, such as {@code "Cobalt spinel"}
 * @param slug the name as a path segment, such as {@code "cobalt-spinel"}
 * @param room the room that it stands in, from 0
 * @param hardness on the Mohs scale, 1.0 to 10.0 in steps of a half
 * @param density in grams per cubic centimetre
 * @param related the numbers of the minerals that its page recommends
 */
record Mineral(
    int number,
    String name,
    String slug,
    int room,
    double hardness,
    double density,
    List<Integer> related) {}
