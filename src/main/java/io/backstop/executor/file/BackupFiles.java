package io.backstop.executor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file per key, {@code <two digits>/backup_<epoch millis>_<key>.json}. The time in the name is
 * not known any more when a step is repeated after a crash, so the key's file is looked for; the
 * key's digest chooses one of 256 folders, so that a look-up lists a 256th of the files.
 * Thread-safe, also between processes that share the directory.
 */
final class BackupFiles {
  private static final String PREFIX = "backup_";

  private final StagedFiles staged;

  BackupFiles(StagedFiles staged) {
    this.staged = staged;
  }

  /** Where the key's file is, when it is on the disk. */
  Optional<Path> find(Path directory, String key) throws IOException {
    Path folder = folder(directory, key);
    Optional<Path> found = list(folder, ending(key));
    if (found.isPresent()) {
      // its writer may have died between rename and sync
      DirectorySync.force(folder);
    }
    return found;
  }

  /**
   * The key's file, which is whole and on the disk: a new one with the content, or the one that is
   * there already.
   *
   * @param now for the name, epoch milliseconds
   */
  Path write(Path directory, String key, ByteBuffer content, long now) throws IOException {
    Path folder = folder(directory, key);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      DirectorySync.force(directory);
    }
    Path unfinished = staged.stage(directory, content);
    try {
      // between looking and renaming nobody else may do the same
      Path file = DirectoryLock.hold(directory, () -> place(folder, unfinished, ending(key), now));
      DirectorySync.force(folder);
      return file;
    } finally {
      StagedFiles.discard(unfinished);
    }
  }

  private static Path place(Path folder, Path unfinished, String ending, long now)
      throws IOException {
    Optional<Path> other = list(folder, ending);
    if (other.isPresent()) {
      return other.get();
    }
    Path file = folder.resolve(PREFIX + now + ending);
    StagedFiles.rename(unfinished, file);
    return file;
  }

  private static Path folder(Path directory, String key) {
    return directory.resolve(KeyDigest.of(key).hex().substring(0, 2));
  }

  private static String ending(String key) {
    return "_" + SafeName.of(key) + ".json";
  }

  private static Optional<Path> list(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isNamed(file.getFileName().toString(), ending))) {
      var found = files.iterator();
      return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Not just the ending: the key {@code a} must not find the file of {@code 1_a}. */
  private static boolean isNamed(String name, String ending) {
    int millis = name.length() - ending.length();
    return name.startsWith(PREFIX)
        && name.endsWith(ending)
        && millis > PREFIX.length()
        && name.substring(PREFIX.length(), millis).chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
