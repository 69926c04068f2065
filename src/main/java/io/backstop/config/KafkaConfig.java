package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How to reach Kafka and run the stream processor. */
public interface KafkaConfig {

  @Doc("Brokers to connect to first, host:port, separated by commas.")
  @WithDefault("localhost:9092")
  String bootstrapServers();

  @Doc(
      "Name of the consumer group and prefix of internal topics and transactional ids; all instances"
          + " of one deployment share it. A change starts from empty state.")
  @WithDefault("backstop")
  String applicationId();

  @Doc("Stream threads of this instance; at most one per partition does work.")
  @WithDefault("1")
  int streamThreads();

  @Doc(
      "How often work is committed. Results become visible at a commit: shorter is quicker to see,"
          + " longer costs less per request.")
  @WithDefault("100ms")
  Duration commitInterval();

  @Doc("Directory of the state stores. Kept across restarts it saves restoring from Kafka.")
  @WithDefault("data/state")
  String stateDir();

  @Doc("Group protocol: streams (broker-side assignment, Kafka 4.2 or later) or classic.")
  @WithDefault("streams")
  String groupProtocol();

  @Doc("Instances that keep a warm copy of each store. Only with group-protocol classic.")
  @WithDefault("0")
  int standbyReplicas();

  @Doc("Replication factor of internal and created topics; -1 takes the broker's default.")
  @WithDefault("-1")
  int replicationFactor();

  @Doc("How long start-up checks wait for the broker and the registry.")
  @WithDefault("20s")
  Duration startTimeout();

  @Doc("How long a stopping instance lets calls in flight finish.")
  @WithDefault("10s")
  Duration shutdownTimeout();

  @Doc("Further Kafka client properties as they are, for example security.protocol.")
  Map<String, String> properties();

  @Doc("Fixed member id, so that a quick restart causes no rebalance. Only with classic.")
  Optional<String> groupInstanceId();
}
