package io.backstop;

import io.backstop.cli.BackstopCommand;

/** Entry point of every command. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    System.exit(BackstopCommand.execute(args));
  }
}
