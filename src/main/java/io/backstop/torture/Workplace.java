package io.backstop.torture;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a run keeps its data and its logs. A temporary one is deleted when nobody needs it. */
record Workplace(Path directory, boolean temporary) {

  /**
   * @param chosen new or empty; a temporary one where there is none
   * @throws StartupException when it cannot be used
   */
  static Workplace at(Optional<Path> chosen) {
    try {
      if (chosen.isEmpty()) {
        return new Workplace(Files.createTempDirectory("backstop-torture-"), true);
      }
      Path directory = Files.createDirectories(chosen.get().toAbsolutePath());
      try (Stream<Path> there = Files.list(directory)) {
        if (there.findAny().isPresent()) {
          throw new StartupException(
              directory + " is not empty: choose an empty or new directory with --output");
        }
      }
      return new Workplace(directory, false);
    } catch (IOException e) {
      throw new StartupException("no directory for data and logs: " + e, e);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Deletes a temporary one. */
  void discard() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
