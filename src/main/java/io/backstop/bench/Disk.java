package io.backstop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What files take on disk. */
final class Disk {
  private Disk() {}

  /** Bytes of all files below {@code directory}. */
  static long bytes(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      long sum = 0;
      for (Path file : files) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of all files below directories of that name, at any depth below {@code directory}. */
  static long bytes(Path directory, String name) {
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> named =
          found.filter(Files::isDirectory).filter(each -> each.endsWith(name)).toList();
      return named.stream().mapToLong(Disk::bytes).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
