package dev.touchstone.patterns.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KindsTest {

  sealed interface Shape permits Circle, Polygon, Colour, Open {}

  record Circle() implements Shape {}

  static sealed class Polygon implements Shape permits Square {}

  static final class Square extends Polygon {}

  enum Colour implements Shape {
    RED {
      @Override
      public String toString() {
        return "red";
      }
    }
  }

  non-sealed interface Open extends Shape {}

  @Test
  void areThePermittedTypesOfWhichThereAreInstances() {
    assertThat(Kinds.of(Shape.class))
        .containsExactly(Circle.class, Polygon.class, Square.class, Colour.class, Open.class);
  }

  @Test
  void ofATypeThatIsNotSealedAreTheTypeItself() {
    assertThat(Kinds.of(Circle.class)).containsExactly(Circle.class);
  }
}
