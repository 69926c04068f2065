package io.backstop.devcluster.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start a {@link DevRegistry}.
 *
 * @param port 0 for any free one
 * @param portFlag command-line flag that sets the port, named when it is in use
 * @param directory where schemas survive a restart; forgotten at close when empty
 * @param login user that every request must name, where one is wanted
 */
public record DevRegistryOptions(
    int port, String portFlag, Optional<Path> directory, Optional<Login> login) {

  /** Basic authentication. */
  public record Login(String user, String password) {}

  /** A free port, nothing kept, open to everyone on this machine. */
  public static DevRegistryOptions ephemeral() {
    return new DevRegistryOptions(0, "--registry-port", Optional.empty(), Optional.empty());
  }

  /** The same, for one user only. */
  public DevRegistryOptions withLogin(String user, String password) {
    return new DevRegistryOptions(
        port, portFlag, directory, Optional.of(new Login(user, password)));
  }
}
