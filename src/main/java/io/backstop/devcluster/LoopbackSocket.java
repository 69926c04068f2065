package io.backstop.devcluster;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * A listening socket on the loopback interface, bound before the broker starts: so the real port of
 * an ephemeral one is known in time, nobody else can take it in between, and a port in use is one
 * clear line instead of a broker that fails half-way.
 *
 * @param channel bound
 * @param port the real one
 */
record LoopbackSocket(ServerSocketChannel channel, int port) implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 128;

  /**
   * @param port 0 for any free one
   * @param flag command-line flag that sets the port, named in the error
   * @throws StartupException when the port is in use or not allowed
   */
  static LoopbackSocket bind(int port, String flag) {
    try {
      var channel = ServerSocketChannel.open();
      try {
        channel.bind(loopback(port), BACKLOG);
        return new LoopbackSocket(channel, channel.socket().getLocalPort());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartupException(
          "port %d on %s cannot be used (%s): choose another with %s, 0 takes a free one"
              .formatted(port, LOOPBACK, e.getMessage(), flag),
          e);
    }
  }

  /** Address as clients write it. */
  String address() {
    return LOOPBACK + ":" + port;
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
