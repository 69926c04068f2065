package io.backstop.devcluster;

import io.backstop.config.StartupException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start a {@link DevCluster}.
 *
 * @param port the broker's; 0 for any free one
 * @param registryPort the schema registry's; 0 for any free one
 * @param dataDirectory where topics and schemas survive a restart; a temporary one, deleted at
 *     close, when empty
 */
public record DevClusterOptions(int port, int registryPort, Optional<Path> dataDirectory) {
  static final String PORT_FLAG = "--port";
  static final String REGISTRY_PORT_FLAG = "--registry-port";

  public DevClusterOptions {
    requirePort(port, PORT_FLAG);
    requirePort(registryPort, REGISTRY_PORT_FLAG);
  }

  /** Free ports and a temporary directory: for tests, many at a time. */
  public static DevClusterOptions ephemeral() {
    return new DevClusterOptions(0, 0, Optional.empty());
  }

  private static void requirePort(int port, String flag) {
    if (port < 0 || port > 65_535) {
      throw new StartupException(
          flag + " " + port + " is not a port: give a number from 1 to 65535, or 0 for a free one");
    }
  }
}
