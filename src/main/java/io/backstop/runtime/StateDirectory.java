package io.backstop.runtime;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
