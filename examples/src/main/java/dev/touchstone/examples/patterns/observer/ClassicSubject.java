package dev.touchstone.examples.patterns.observer;

import java.util.ArrayList;
import java.util.List;

/** The classic form: observers are asked to fetch what has changed. */
final class ClassicSubject {

  /** Is told that the subject has changed. */
  interface Observer {
    void update(ClassicSubject subject);
  }

  private final List<Observer> observers = new ArrayList<>();
  private int state;

  void attach(Observer observer) {
    observers.add(observer);
  }

  void detach(Observer observer) {
    observers.remove(observer);
  }

  int state() {
    return state;
  }

  void setState(int state) {
    this.state = state;
    for (var observer : observers) {
      observer.update(this);
    }
  }
}
