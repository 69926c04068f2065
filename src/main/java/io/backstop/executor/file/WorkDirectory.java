package io.backstop.executor.file;

import io.backstop.config.ServiceAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a file target writes, and nowhere else.
 *
 * @param path absolute
 * @param setting the key that sets it, for messages
 */
record WorkDirectory(Path path, String setting) {

  /**
   * The directory that the service's settings name, else its default.
   *
   * @throws java.nio.file.InvalidPathException when the setting is not a path
   */
  static WorkDirectory of(String service, ServiceAccess access) {
    Path path =
        access
            .directory()
            .filter(set -> !set.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of("backstop-files", service));
    return new WorkDirectory(path.toAbsolutePath().normalize(), settingOf(service));
  }

  static String settingOf(String service) {
    return "backstop.services." + service + ".directory";
  }

  /** Makes what is missing of it, so that it survives a crash of the machine. */
  void create() throws IOException {
    create(path);
  }

  private static void create(Path directory) throws IOException {
    // a link to a directory is one too, which createDirectories denies on Java 17
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      create(parent);
    }
    // not createDirectory: somebody else may be making it at this moment
    Files.createDirectories(directory);
    if (parent != null) {
      DirectorySync.force(parent);
    }
  }
}
