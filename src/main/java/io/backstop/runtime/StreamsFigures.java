package io.backstop.runtime;

import io.backstop.action.StoreNames;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * Numbers that Streams knows and gives only one by one, added up for this instance: how far its
 * tasks are behind by topic, and how large its stores are. Asks no broker.
 */
final class StreamsFigures {
  private static final Duration KEEP = Duration.ofSeconds(1);
  private static final String FETCH_GROUP = "consumer-fetch-manager-metrics";
  private static final String UNFETCHED = "records-lag";

  /** What else an instance reads: warm copies, and what every instance knows. */
  private static final List<String> OTHER_CONSUMERS =
      List.of("restore-consumer", "global-consumer");

  private static final String STORE_GROUP = "stream-state-metrics";
  private static final String ENTRIES = "estimate-num-keys";
  private static final String BYTES = "total-sst-files-size";

  /** Those that grow with the work; the others hold next to nothing. */
  private static final List<String> SHOWN =
      List.of(
          StoreNames.FINISHED,
          StoreNames.IN_FLIGHT,
          StoreNames.WAITING,
          StoreNames.BACKING_OFF,
          StoreNames.LETTERS);

  private record Sizes(Map<String, Double> entries, Map<String, Double> bytes) {}

  private final KafkaStreams streams;
  private final Set<String> sources;
  private final Remembered<Map<String, Long>> lag = new Remembered<>(this::findLag, KEEP);
  private final Remembered<Sizes> sizes = new Remembered<>(this::findSizes, KEEP);

  StreamsFigures(KafkaStreams streams, Topology topology) {
    this.streams = streams;
    this.sources = sources(topology);
  }

  void show(ActionMetrics metrics) {
    for (String topic : sources) {
      metrics.gauge(Metric.LAG, () -> lag.get().getOrDefault(topic, 0L), topic);
    }
    for (String store : SHOWN) {
      metrics.gauge(
          Metric.STORE_ENTRIES, () -> sizes.get().entries().getOrDefault(store, 0.0), store);
      metrics.gauge(Metric.STORE_BYTES, () -> sizes.get().bytes().getOrDefault(store, 0.0), store);
    }
    metrics.state(
        Metric.STREAMS_STATE, List.of(KafkaStreams.State.values()), () -> streams.state());
  }

  /** Records of its partitions that this instance has not committed yet, over all topics. */
  long lag() {
    return lag.get().values().stream().mapToLong(Long::longValue).sum();
  }

  private static Set<String> sources(Topology topology) {
    Set<String> topics = new TreeSet<>();
    for (TopologyDescription.Subtopology each : topology.describe().subtopologies()) {
      for (TopologyDescription.Node node : each.nodes()) {
        if (node instanceof TopologyDescription.Source source && source.topicSet() != null) {
          topics.addAll(source.topicSet());
        }
      }
    }
    return topics;
  }

  private Map<String, Long> findLag() {
    Map<String, Long> behind = new HashMap<>();
    if (!streams.state().isRunningOrRebalancing()) {
      return behind;
    }
    try {
      for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
        for (TaskMetadata task : thread.activeTasks()) {
          addUncommitted(task, behind);
        }
      }
    } catch (IllegalStateException e) {
      return Map.of(); // it has stopped since
    }
    addUnfetched(behind);
    return behind;
  }

  /** What its consumers have not read: an end that only they have learnt from the brokers. */
  private void addUnfetched(Map<String, Long> behind) {
    streams
        .metrics()
        .forEach(
            (name, metric) -> {
              String topic = name.tags().get("topic");
              if (name.group().equals(FETCH_GROUP)
                  && name.name().equals(UNFETCHED)
                  && sources.contains(topic)
                  && OTHER_CONSUMERS.stream().noneMatch(name.tags().get("client-id")::endsWith)
                  && metric.metricValue() instanceof Double records
                  && records > 0) {
                behind.merge(topic, records.longValue(), Long::sum);
              }
            });
  }

  /** What was read and not committed: the end that Streams tells is that of what was read. */
  private static void addUncommitted(TaskMetadata task, Map<String, Long> behind) {
    task.endOffsets()
        .forEach(
            (partition, end) -> {
              long committed = task.committedOffsets().getOrDefault(partition, -1L);
              if (end > 0 && committed >= 0) {
                behind.merge(partition.topic(), Math.max(0, end - committed), Long::sum);
              }
            });
  }

  private Sizes findSizes() {
    Sizes found = new Sizes(new HashMap<>(), new HashMap<>());
    streams
        .metrics()
        .forEach(
            (name, metric) -> {
              if (!name.group().equals(STORE_GROUP)) {
                return;
              }
              boolean isEntries = name.name().equals(ENTRIES);
              if ((isEntries || name.name().equals(BYTES))
                  && metric.metricValue() instanceof Number number) {
                Map<String, Double> sums = isEntries ? found.entries() : found.bytes();
                sums.merge(store(name), number.doubleValue(), Double::sum);
              }
            });
    return found;
  }

  private static String store(MetricName name) {
    return name.tags().entrySet().stream()
        .filter(tag -> tag.getKey().endsWith("state-id"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
