package io.backstop.runtime;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Whether the stores can be kept where the configuration says. */
final class StateDirectory {
  private static final long LEAST_FREE_BYTES = 64L * 1024 * 1024;

  private StateDirectory() {}

  /**
   * @throws StartupException when it cannot be written or has hardly any room
   */
  static void require(String configured) {
    require(configured, directory -> Files.getFileStore(directory).getUsableSpace());
  }

  /**
   * A name that stays with the directory: who starts on it takes up what the last one left. One
   * process at a time can use it.
   *
   * @param applicationId several applications may share a directory
   * @throws StartupException when it cannot be read or written
   */
  static String name(String configured, String applicationId) {
    Path file = Path.of(configured).toAbsolutePath().resolve(applicationId + ".instance");
    try {
      // empty when the disk was full or the process killed at the first start
      if (!Files.exists(file) || Files.readString(file).isBlank()) {
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartupException(
          "file %s cannot be read or written (%s): correct its permissions, or set backstop.kafka.state-dir"
              .formatted(file, e),
          e);
    }
  }

  /** How many bytes can still be written below a directory. */
  interface FreeSpace {
    long bytes(Path directory) throws IOException;
  }

  static void require(String configured, FreeSpace space) {
    Path directory = Path.of(configured).toAbsolutePath();
    try {
      Files.createDirectories(directory);
      Path probe = Files.createTempFile(directory, "probe", null);
      Files.write(probe, new byte[4096]);
      Files.delete(probe);
      long free = space.bytes(directory);
      if (free < LEAST_FREE_BYTES) {
        throw new StartupException(
            "state directory %s has only %d MB of free disk, at least %d MB are needed: free some, or set backstop.kafka.state-dir"
                .formatted(directory, free >> 20, LEAST_FREE_BYTES >> 20));
      }
    } catch (IOException e) {
      throw new StartupException(
          "state directory %s cannot be written (%s): correct its permissions, or set backstop.kafka.state-dir"
              .formatted(directory, e),
          e);
    }
  }
}
