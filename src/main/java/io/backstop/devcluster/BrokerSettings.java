package io.backstop.devcluster;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The broker's settings: one node that is broker and controller, sized for a development machine.
 * Nothing here loosens a guarantee towards clients; what is small is memory, threads and the number
 * of internal partitions.
 */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CLIENT_LISTENER = "PLAINTEXT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  /**
   * @param crashed whether the last run in the directory ended without a clean stop
   */
  static Properties of(
      LoopbackSocket client, LoopbackSocket controller, Path logDirectory, boolean crashed) {
    var settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listeners",
        CLIENT_LISTENER
            + "://"
            + client.address()
            + ","
            + CONTROLLER_LISTENER
            + "://"
            + controller.address());
    settings.put("advertised.listeners", CLIENT_LISTENER + "://" + client.address());
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller.address());
    settings.put("log.dirs", logDirectory.toString());

    topics(settings);
    internalTopics(settings);
    groups(settings);
    machine(settings);
    session(settings, crashed);
    return settings;
  }

  private static void topics(Properties settings) {
    // A misspelt topic must fail as it does in production, not come into being.
    settings.put("auto.create.topics.enable", "false");
    settings.put("num.partitions", "1");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    // A dead letter carries the whole original record beside its own fields.
    settings.put("message.max.bytes", "4194304");
    settings.put("replica.fetch.max.bytes", "4194304");
  }

  private static void internalTopics(Properties settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "5");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "5");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "2");
  }

  private static void groups(Properties settings) {
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    // A member learns at its next heartbeat that its internal topics are there, and its tasks are
    // its own.
    settings.put("group.streams.min.heartbeat.interval.ms", "500");
    settings.put("group.streams.heartbeat.interval.ms", "500");
    // As for classic groups; the 45 s of streams groups would be how long a dead member's work
    // waits.
    settings.put("group.streams.min.session.timeout.ms", "6000");
  }

  private static void machine(Properties settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.segment.bytes", "134217728");
    settings.put("log.index.size.max.bytes", "1048576");
    // Without it the controller writes a record every half second for ever.
    settings.put("metadata.max.idle.interval.ms", "0");
  }

  private static void session(Properties settings, boolean crashed) {
    // A busy machine must not fence its only broker. But the controller lets a broker in again only
    // when the session of its crashed self has timed out, so then the start waits for it.
    settings.put("broker.session.timeout.ms", crashed ? "4000" : "30000");
    settings.put("broker.heartbeat.interval.ms", crashed ? "500" : "2000");
  }
}
