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

  @Doc(
      "Other instances that keep a warm copy of each store, so that they go on at once when one dies;"
          + " costs nothing where there is one instance. With group-protocol streams it belongs to"
          + " the group on the brokers, which allow group.streams.max.standby.replicas (2).")
  @WithDefault("1")
  int standbyReplicas();

  @Doc(
      "After how long without a sign of life an instance counts as dead and others do its work."
          + " Shorter is quicker after a crash, longer spares a stalled instance. With group-protocol"
          + " streams it belongs to the group on the brokers, which allow no less than"
          + " group.streams.min.session.timeout.ms (45s unless changed there). With"
          + " group-instance-id: longer than a restart takes.")
  @WithDefault("6s")
  Duration sessionTimeout();

  @Doc(
      "How often an instance shows that it is alive, and hears that work moves to or from it; at"
          + " most a third of session-timeout. With group-protocol streams it belongs to the group"
          + " on the brokers, which allow no less than group.streams.min.heartbeat.interval.ms (5s"
          + " unless changed there).")
  @WithDefault("500ms")
  Duration heartbeatInterval();

  @Doc(
      "After how long the brokers give up the open transaction of an instance that died. Its"
          + " partitions cannot go on before, so longer delays take-over; shorter makes a stall of the"
          + " brokers repeat calls. The brokers look every"
          + " transaction.abort.timed.out.transaction.cleanup.interval.ms (10s).")
  @WithDefault("5s")
  Duration transactionTimeout();

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

  @Doc(
      "Fixed member id, one for each instance: one that is back within session-timeout has its work"
          + " again without a rebalance; until then its work waits. Only with group-protocol classic.")
  Optional<String> groupInstanceId();
}
