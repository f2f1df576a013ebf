package dev.touchstone.examples.cabinet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The collection: the same 400 minerals in 20 rooms for the same seed. Immutable. */
final class Catalogue {

  private static final List<String> VARIETIES = List.of(
      "Amber", "Azure", "Banded", "Black", "Bristle", "Cobalt", "Copper", "Desert", "Ember",
      "Frost", "Golden", "Green", "Ivory", "Lunar", "Marsh", "Night", "Pale", "Rose", "Smoke",
      "Violet");

  private static final List<String> KINDS = List.of(
      "agate",
      "apatite",
      "barite",
      "beryl",
      "calcite",
      "chert",
      "feldspar",
      "fluorite",
      "garnet",
      "gypsum",
      "halite",
      "jasper",
      "mica",
      "olivine",
      "opal",
      "quartz",
      "spinel",
      "topaz",
      "tourmaline",
      "zircon");

  private static final int RECOMMENDATIONS = 4;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final List<Mineral> minerals;
  private final Map<String, Mineral> bySlug;

  Catalogue(long seed) {
    var random = new Random(seed);
    var collection = new ArrayList<Mineral>();
    for (int room = 0; room < KINDS.size(); room++) {
      for (var variety : VARIETIES) {
        collection.add(mineral(collection.size(), room, variety + " " + KINDS.get(room), random));
      }
    }
    minerals = List.copyOf(collection);
    bySlug = minerals.stream().collect(Collectors.toMap(Mineral::slug, Function.identity()));
  }

  private static Mineral mineral(int number, int room, String name, Random random) {
    var hardness = (2 + random.nextInt(19)) / 2.0;
    var density = (150 + random.nextInt(400)) / 100.0;
    var related =
        random.ints(RECOMMENDATIONS, 0, VARIETIES.size() * KINDS.size()).boxed().toList();
    var slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    return new Mineral(number, name, slug, room, hardness, density, related);
  }

  List<Mineral> minerals() {
    return minerals;
  }

  Mineral mineral(int number) {
    return minerals.get(number);
  }

  Optional<Mineral> mineral(String slug) {
    return Optional.ofNullable(bySlug.get(slug));
  }

  /** Returns the room with a number, as it is written in an address. */
  Optional<Integer> room(String number) {
    return NUMBER.matcher(number).matches() && Integer.parseInt(number) < rooms()
        ? Optional.of(Integer.valueOf(number))
        : Optional.empty();
  }

  int rooms() {
    return KINDS.size();
  }

  String roomName(int room) {
    return "The " + KINDS.get(room) + " room";
  }

  List<Mineral> inRoom(int room) {
    return minerals.stream().filter(mineral -> mineral.room() == room).toList();
  }
}
