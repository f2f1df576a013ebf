package dev.touchstone.examples.patterns.decorator;

/** The classic form: decorators share a base class that forwards. */
interface ClassicBeverage {

  int cents();

  /** Forwards all calls, to be overridden one by one. */
  abstract class Decorator implements ClassicBeverage {

    private final ClassicBeverage inner;

    Decorator(ClassicBeverage inner) {
      this.inner = inner;
    }

    @Override
    public int cents() {
      return inner.cents();
    }
  }

  /** Adds milk. */
  final class Milk extends Decorator {

    Milk(ClassicBeverage inner) {
      super(inner);
    }

    @Override
    public int cents() {
      return super.cents() + 30;
    }
  }
}
