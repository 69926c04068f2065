package io.backstop.torture;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The signals that Java itself does not send. */
final class Signal {
  private Signal() {}

  /**
   * @param name as the shell has it, {@code STOP}
   * @return whether it was sent
   */
  static boolean send(String name, Process process) {
    try {
      // the shell's own: not every machine has the program
      return new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
