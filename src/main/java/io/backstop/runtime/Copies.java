package io.backstop.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * Which partitions of the requests an instance works on, for which it keeps a standby copy, and how
 * far its copies of all stores are behind.
 *
 * @param active partitions that it works on, or will when their stores are restored
 * @param standby partitions whose stores it keeps for another instance
 * @param lag records that its stores are behind the ends of their changelogs, open transactions
 *     included
 */
public record Copies(Set<Integer> active, Set<Integer> standby, long lag) {

  /** Asks the brokers where the changelogs end. */
  static Copies of(KafkaStreams streams, String requests) {
    Collection<ThreadMetadata> threads = streams.metadataForLocalThreads();
    long lag = 0;
    for (Map<Integer, LagInfo> store : streams.allLocalStorePartitionLags().values()) {
      for (LagInfo each : store.values()) {
        lag += each.offsetLag();
      }
    }
    return new Copies(
        partitions(threads, ThreadMetadata::activeTasks, requests),
        partitions(threads, ThreadMetadata::standbyTasks, requests),
        lag);
  }

  private static Set<Integer> partitions(
      Collection<ThreadMetadata> threads,
      Function<ThreadMetadata, Set<TaskMetadata>> tasks,
      String topic) {
    Set<Integer> partitions = new TreeSet<>();
    for (ThreadMetadata thread : threads) {
      for (TaskMetadata task : tasks.apply(thread)) {
        task.topicPartitions().stream()
            .filter(each -> each.topic().equals(topic))
            .forEach(each -> partitions.add(each.partition()));
      }
    }
    return partitions;
  }
}
