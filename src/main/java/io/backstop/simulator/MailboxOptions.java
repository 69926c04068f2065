package io.backstop.simulator;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the emulated mail server listens and what becomes of its mails.
 *
 * @param port on the loopback interface; 0 takes a free one
 * @param directory gets one {@code .eml} file for each mail; made when it is not there
 */
public record MailboxOptions(int port, Path directory) {
  public static final int DEFAULT_PORT = 8025;

  public MailboxOptions {
    Objects.requireNonNull(directory, "directory");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }
}
