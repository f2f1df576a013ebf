package dev.touchstone.examples.patterns.factory;

/** The classic factory method: a subclass for each product. */
abstract class ClassicDialog {

  protected abstract Object createButton();

  String render() {
    return "dialog with " + createButton();
  }

  static final class Web extends ClassicDialog {
    @Override
    protected Object createButton() {
      return "<button>";
    }
  }
}
