package io.backstop.devcluster;

import io.backstop.config.StartupException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real Kafka broker in this process: KRaft, one node, loopback only. Several can run side by
 * side in one process. Put together from the parts of {@link KafkaRaftServer} and not from that
 * class itself, because it ends the process when it cannot start and hides its bound ports.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final LoopbackSocket client;
  private final LoopbackSocket controllerSocket;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private final BrokerFaults faults = new BrokerFaults();

  private EmbeddedKafka(
      LoopbackSocket client,
      LoopbackSocket controllerSocket,
      Path directory,
      boolean crashed,
      Map<String, String> further) {
    this.client = client;
    this.controllerSocket = controllerSocket;
    Properties settings = BrokerSettings.of(client, controllerSocket, directory, crashed);
    settings.putAll(further);
    var config = KafkaConfig.fromProps(settings, new Properties(), false);
    var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    var time = Time.SYSTEM;
    var shared =
        new SharedServer(
            config,
            directories._1(),
            time,
            Server.initializeMetrics(config, time, directories._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                Map.of(BrokerSettings.NODE_ID, LoopbackSocket.loopback(controllerSocket.port()))),
            List.of(),
            faults,
            new PreboundSockets(
                Map.of(
                    BrokerSettings.CLIENT_LISTENER, client,
                    BrokerSettings.CONTROLLER_LISTENER, controllerSocket)));
    this.controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    this.broker = new BrokerServer(shared);
  }

  /**
   * Starts a broker and returns when it serves clients, after about two seconds.
   *
   * @param port for clients; 0 for any free one
   * @param directory where its data lives; formatted when new, recovered when a run crashed in it;
   *     no other broker may use it at the same time
   * @throws StartupException when the port is in use or the directory cannot be used
   */
  public static EmbeddedKafka start(int port, Path directory) {
    return start(port, directory, Map.of());
  }

  /**
   * The same with some of the broker's settings different.
   *
   * @param further by Kafka's names
   */
  public static EmbeddedKafka start(int port, Path directory, Map<String, String> further) {
    boolean crashed = BrokerStorage.prepare(directory);
    var client = LoopbackSocket.bind(port, DevClusterOptions.PORT_FLAG);
    var controller = LoopbackSocket.bind(0, "");
    EmbeddedKafka kafka = null;
    try {
      kafka = new EmbeddedKafka(client, controller, directory, crashed, further);
      kafka.controller.startup();
      kafka.broker.startup();
      return kafka;
    } catch (Exception e) {
      if (kafka != null) {
        kafka.close();
      } else {
        client.close();
        controller.close();
      }
      throw new StartupException(
          "the broker cannot start in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** {@code host:port} for clients' {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return client.address();
  }

  /** Completes with the reason when the broker cannot go on; it still has to be closed. */
  public CompletionStage<String> failure() {
    return faults.fatal().minimalCompletionStage();
  }

  /** Stops taking requests, flushes to disk and frees the ports. A second call does nothing. */
  @Override
  public void close() {
    broker.shutdown();
    controller.shutdown();
    client.close();
    controllerSocket.close();
  }
}
