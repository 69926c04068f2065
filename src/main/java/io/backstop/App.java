package io.backstop;

import io.backstop.cli.BackstopCommand;
import io.backstop.serde.TrustedRecords;

/** Entry point of every command. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    TrustedRecords.trust();
    System.exit(BackstopCommand.execute(args));
  }
}
