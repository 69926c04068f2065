package io.backstop.devcluster;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a development cluster keeps its data. A marker file shows that the directory is ours and
 * carries the lock against a second cluster in it, so a mistyped directory is never written into.
 */
final class DataDirectory implements AutoCloseable {
  private static final String MARKER = ".backstop-dev-cluster";

  private final Path root;
  private final boolean temporary;
  private final FileChannel marker;

  private DataDirectory(Path root, boolean temporary, FileChannel marker) {
    this.root = root;
    this.temporary = temporary;
    this.marker = marker;
  }

  /**
   * Takes the directory, creating it where it is missing; a temporary one when none is given.
   *
   * @throws StartupException when it is not ours, not writable or in use
   */
  static DataDirectory open(Optional<Path> chosen) {
    var root = chosen.map(Path::toAbsolutePath).orElseGet(DataDirectory::temporary);
    requireOurs(root);
    try {
      Files.createDirectories(root);
      var marker =
          FileChannel.open(
              root.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(marker) == null) {
        marker.close();
        throw new StartupException(
            "data directory "
                + root
                + " is in use by another dev-cluster: stop it or choose another with --data-dir");
      }
      return new DataDirectory(root, chosen.isEmpty(), marker);
    } catch (IOException e) {
      throw new StartupException(
          "data directory "
              + root
              + " cannot be written ("
              + e
              + "): choose another with --data-dir",
          e);
    }
  }

  Path broker() {
    return root.resolve("broker");
  }

  Path registry() {
    return root.resolve("registry");
  }

  @Override
  public void close() {
    try {
      marker.close();
      if (temporary && Files.exists(root)) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("backstop-dev-cluster-");
    } catch (IOException e) {
      throw new StartupException(
          "no temporary directory can be created (" + e + "): choose one with --data-dir", e);
    }
  }

  private static void requireOurs(Path root) {
    if (!Files.exists(root) || Files.exists(root.resolve(MARKER))) {
      return;
    }
    if (!Files.isDirectory(root)) {
      throw new StartupException(
          "data directory " + root + " is a file: choose a directory with --data-dir");
    }
    try (var files = Files.list(root)) {
      if (files.findAny().isPresent()) {
        throw new StartupException(
            "data directory "
                + root
                + " is not empty and was not made by dev-cluster: choose an empty or new one with --data-dir");
      }
    } catch (IOException e) {
      throw new StartupException(
          "data directory " + root + " cannot be read (" + e + "): choose another with --data-dir",
          e);
    }
  }

  private static FileLock tryLock(FileChannel marker) throws IOException {
    try {
      return marker.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
