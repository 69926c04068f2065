package io.backstop.demo;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * Where the parts of the demo listen, on the loopback interface; 0 takes a free port.
 *
 * @param kafka the broker's
 * @param registry the schema registry's
 * @param simulator that of the simulated services
 */
public record DemoPorts(int kafka, int registry, int simulator) {
  /** Where the other commands look for a broker when nothing is said. */
  public static final int KAFKA = 9092;

  /** Where the other commands look for a registry when nothing is said. */
  public static final int REGISTRY = 8081;

  static final int SIMULATOR = 8090;
  private static final int HIGHEST = 65_535;

  /**
   * What is asked for; else the usual port where it is free and {@code usual} says so; else a free
   * one.
   *
   * @throws StartupException when a port that is asked for cannot be used
   */
  public static DemoPorts choose(
      Optional<Integer> kafka,
      Optional<Integer> registry,
      Optional<Integer> simulator,
      boolean usual) {
    return new DemoPorts(
        choose(kafka, "--port", usual ? KAFKA : 0),
        choose(registry, "--registry-port", usual ? REGISTRY : 0),
        choose(simulator, "--simulator-port", usual ? SIMULATOR : 0));
  }

  private static int choose(Optional<Integer> asked, String flag, int usual) {
    if (asked.isEmpty()) {
      return canListen(usual) ? usual : 0;
    }
    int port = asked.get();
    if (port < 0 || port > HIGHEST) {
      throw new StartupException(flag + " " + port + " is not between 0 and " + HIGHEST);
    } else if (!canListen(port)) {
      throw new StartupException(
          "port " + port + " is in use: choose another with " + flag + ", 0 takes a free one");
    }
    return port;
  }

  private static boolean canListen(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
