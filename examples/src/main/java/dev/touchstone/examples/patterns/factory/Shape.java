package dev.touchstone.examples.patterns.factory;

/** A closed family with a static factory: the caller names what it wants, not which class it is. */
sealed interface Shape {

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  static Shape parse(String text) {
    var parts = text.split(" ", 2);
    double size = Double.parseDouble(parts[1]);
    return switch (parts[0]) {
      case "circle" -> new Circle(size);
      case "square" -> new Square(size);
      default -> throw new IllegalArgumentException("no shape " + parts[0]);
    };
  }
}
