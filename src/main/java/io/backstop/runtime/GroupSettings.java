package io.backstop.runtime;

import io.backstop.config.KafkaConfig;
import io.backstop.config.StartupException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to a group on the brokers under the {@code streams} protocol. There it holds for all
 * instances; under {@code classic} each brings its own, see {@link StreamsSettings}.
 */
final class GroupSettings {
  private static final Logger LOG = LoggerFactory.getLogger(GroupSettings.class);

  private final KafkaConfig kafka;
  private final ConfigResource group;

  GroupSettings(KafkaConfig kafka) {
    this.kafka = kafka;
    this.group = new ConfigResource(ConfigResource.Type.GROUP, kafka.applicationId());
  }

  /** By the brokers' names. */
  Map<String, String> wanted() {
    if (!kafka.groupProtocol().equals("streams")) {
      return Map.of();
    }
    var wanted = new LinkedHashMap<String, String>();
    wanted.put("streams.num.standby.replicas", Integer.toString(kafka.standbyReplicas()));
    wanted.put("streams.session.timeout.ms", Long.toString(kafka.sessionTimeout().toMillis()));
    wanted.put(
        "streams.heartbeat.interval.ms", Long.toString(kafka.heartbeatInterval().toMillis()));
    return wanted;
  }

  /**
   * Changes what is not as it should be. A refusal costs time after a crash and nothing else, so it
   * is a warning that says what to do.
   */
  void settle(Admin admin) {
    Map<String, String> changes = wanted();
    if (changes.isEmpty()) {
      return;
    }
    Map<String, String> refused = new LinkedHashMap<>();
    try {
      Config there = admin.describeConfigs(List.of(group)).all().get().get(group);
      changes.entrySet().removeIf(change -> change.getValue().equals(value(there, change)));
    } catch (ExecutionException e) {
      LOG.debug("group settings cannot be read group={}", group.name(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    // one by one, because a group's settings are refused as a whole
    changes.forEach((name, value) -> set(admin, name, value, refused));
    if (!refused.isEmpty()) {
      warn(refused);
    }
  }

  private static String value(Config there, Map.Entry<String, String> change) {
    ConfigEntry entry = there.get(change.getKey());
    return entry == null ? null : entry.value();
  }

  private void set(Admin admin, String name, String value, Map<String, String> refused) {
    var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    try {
      admin.incrementalAlterConfigs(Map.of(group, List.of(change))).all().get();
      LOG.info("group setting changed group={} {}={}", group.name(), name, value);
    } catch (ExecutionException e) {
      refused.put(name + "=" + value, e.getCause().getMessage());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void warn(Map<String, String> refused) {
    LOG.warn(
        "the brokers keep their own group settings, so the work of an instance that dies may wait"
            + " longer: raise or lower the named bound on the brokers, or have somebody who may run"
            + " 'kafka-configs --bootstrap-server {} --alter --entity-type groups --entity-name {}"
            + " --add-config {}', or set backstop.kafka.group-protocol: classic; refused: {}",
        kafka.bootstrapServers(),
        group.name(),
        String.join(",", refused.keySet()),
        refused.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static StartupException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StartupException("interrupted while waiting for the Kafka broker", e);
  }
}
