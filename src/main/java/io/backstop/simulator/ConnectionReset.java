package io.backstop.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a connection as a crashed peer does. Vert.x closes politely (FIN), which a client may take
 * for the end of an answer; only without linger time the kernel sends RST.
 */
final class ConnectionReset {
  private ConnectionReset() {}

  static void reset(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }
}
