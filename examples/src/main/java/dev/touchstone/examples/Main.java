package dev.touchstone.examples;

public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
