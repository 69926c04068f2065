package io.backstop.devcluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/** Hands the broker the sockets that are bound already, by listener name. */
record PreboundSockets(Map<String, LoopbackSocket> byListener) implements ServerSocketFactory {

  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBuffer)
      throws IOException {
    var socket = byListener.get(listener);
    if (socket == null) {
      throw new IOException("no socket is bound for listener " + listener);
    }
    socket.channel().configureBlocking(false);
    return socket.channel();
  }
}
