package io.backstop.demo;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the demo's fallbacks write. It outlives the demo, so that a person can open the files. Each
 * run has one of its own: the keys of the requests are the same every time, and what a file target
 * finds under a key it does not write again.
 *
 * @param directory as it was given, relative to the working directory or absolute
 */
public record DemoOutput(Path directory) {
  private static final Path USUAL = Path.of("backstop-demo");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /**
   * Makes the directory.
   *
   * @param asked the directory, which must be empty where it is there; when absent a new one below
   *     {@code backstop-demo} in the working directory
   * @param now names the new one
   * @throws StartupException when it cannot be made, or holds something
   */
  public static DemoOutput create(Optional<Path> asked, LocalDateTime now) {
    Path wanted = asked.orElseGet(() -> USUAL.resolve(NAME.format(now)));
    try {
      return new DemoOutput(asked.isPresent() ? empty(wanted) : fresh(wanted));
    } catch (IOException e) {
      throw new StartupException(
          "the output directory %s cannot be made (%s): name another with --output"
              .formatted(wanted, e),
          e);
    }
  }

  private static Path empty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new StartupException(
            "the output directory %s is not empty: name another with --output"
                .formatted(directory));
      }
    }
    return directory;
  }

  /** Another demo may have begun in the same second. */
  private static Path fresh(Path wanted) throws IOException {
    Files.createDirectories(USUAL);
    Path next = wanted;
    for (int number = 2; ; number++) {
      try {
        return Files.createDirectory(next);
      } catch (FileAlreadyExistsException e) {
        next = wanted.resolveSibling(wanted.getFileName() + "-" + number);
      }
    }
  }

  Path mailbox() {
    return directory.resolve("mailbox");
  }

  Path csv() {
    return directory.resolve("csv");
  }

  Path backups() {
    return directory.resolve("backup");
  }

  Path files() {
    return directory.resolve("files");
  }
}
