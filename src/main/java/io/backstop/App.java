package io.backstop;

/** Entry point of every command. */
public final class App {
  private App() {}

  public static void main(String[] args) {}
}
