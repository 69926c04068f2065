package io.backstop.config;

import java.util.ArrayList;
import java.util.List;

/** Settings that are allowed alone but not together. */
final class CrossRules {
  private CrossRules() {}

  /** One sentence per contradiction, beginning with the key to change. */
  static List<String> broken(BackstopConfig config) {
    var broken = new ArrayList<String>();
    kafka(config.kafka(), broken);
    registry(config.registry(), broken);
    return broken;
  }

  private static void kafka(KafkaConfig kafka, List<String> broken) {
    if (kafka.groupProtocol().equals("classic")) {
      return;
    }
    if (kafka.standbyReplicas() > 0) {
      broken.add(
          "backstop.kafka.standby-replicas = "
              + kafka.standbyReplicas()
              + ": only with backstop.kafka.group-protocol = classic; with streams the broker's"
              + " group setting streams.num.standby.replicas decides");
    }
    if (kafka.groupInstanceId().isPresent()) {
      broken.add(
          "backstop.kafka.group-instance-id = "
              + kafka.groupInstanceId().get()
              + ": only with backstop.kafka.group-protocol = classic");
    }
  }

  private static void registry(RegistryConfig registry, List<String> broken) {
    if (registry.username().isPresent() != registry.password().isPresent()) {
      broken.add("backstop.registry.username and backstop.registry.password: give both or neither");
    }
    if (registry.bearerToken().isPresent() && registry.username().isPresent()) {
      broken.add(
          "backstop.registry.bearer-token: give either this or username and password, not both");
    }
  }
}
