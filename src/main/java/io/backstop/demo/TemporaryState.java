package io.backstop.demo;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for the state stores that goes away with the demo.
 *
 * @param directory there until this is closed
 */
record TemporaryState(Path directory) implements AutoCloseable {

  static TemporaryState create() {
    try {
      return new TemporaryState(Files.createTempDirectory("backstop-demo-state-"));
    } catch (IOException e) {
      throw new StartupException(
          "no temporary directory can be made (" + e + "): free disk, or set java.io.tmpdir", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
