package io.backstop.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/** What stands in the broker's log, by topic. */
record TopicBytes(Map<String, Long> byTopic) {

  static TopicBytes of(BenchCluster cluster) {
    Map<String, Object> settings =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    Map<String, Long> bytes = new TreeMap<>();
    try (Admin admin = Admin.create(settings)) {
      int broker = admin.describeCluster().controller().get().id();
      Map<String, LogDirDescription> directories =
          admin.describeLogDirs(List.of(broker)).allDescriptions().get().get(broker);
      for (LogDirDescription directory : directories.values()) {
        directory
            .replicaInfos()
            .forEach((at, replica) -> bytes.merge(at.topic(), replica.size(), Long::sum));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not say how large its topics are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new TopicBytes(bytes);
  }

  long of(String topic) {
    return byTopic.getOrDefault(topic, 0L);
  }
}
