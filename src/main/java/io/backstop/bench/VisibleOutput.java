package io.backstop.bench;

import com.sun.management.OperatingSystemMXBean;
import io.backstop.bench.RoundFigures.Mark;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches how far read-committed consumers could read a topic, from where it ended when this was
 * made. Which of those offsets are records, and not the marks of transactions, is read afterwards.
 */
final class VisibleOutput implements AutoCloseable {
  private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private record Sample(
      long nanos, Map<TopicPartition, Long> ends, long cpuNanos, long brokerCpuNanos) {}

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final BenchCluster cluster;
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<TopicPartition, List<Long>> records = new HashMap<>();
  private final Map<TopicPartition, Long> start = new HashMap<>();

  VisibleOutput(BenchCluster cluster, String topic) {
    this.cluster = cluster;
    this.consumer = Clients.consumer(cluster, "watching-" + topic);
    this.partitions = Clients.partitions(consumer, topic);
    partitions.forEach(partition -> records.put(partition, new ArrayList<>()));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> start.put(partition, consumer.position(partition)));
    // before any side starts: one may be done before it says that it runs
    sample(Map.copyOf(start));
  }

  /** Watches until every request has its result, or no more has come for {@code patience}. */
  List<Mark> await(Receipts receipts, Duration patience) {
    long progressAt = System.nanoTime();
    while (receipts.missing() > 0 && System.nanoTime() - progressAt < patience.toNanos()) {
      LockSupport.parkNanos(SAMPLE_NANOS);
      Map<TopicPartition, Long> ends = ends();
      if (!ends.equals(lastEnds())) {
        progressAt = System.nanoTime();
        sample(ends);
        if (offsetsPassed() >= receipts.expected()) {
          readAlong(receipts);
        }
      }
    }
    readAlong(receipts);
    return marks();
  }

  private Map<TopicPartition, Long> ends() {
    return Map.copyOf(consumer.endOffsets(partitions));
  }

  private Map<TopicPartition, Long> lastEnds() {
    return samples.get(samples.size() - 1).ends();
  }

  private void sample(Map<TopicPartition, Long> ends) {
    samples.add(
        new Sample(System.nanoTime(), ends, process.getProcessCpuTime(), cluster.cpuNanos()));
  }

  private long offsetsPassed() {
    return partitions.stream().mapToLong(each -> lastEnds().get(each) - start.get(each)).sum();
  }

  private void readAlong(Receipts receipts) {
    Map<TopicPartition, Long> ends = lastEnds();
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
        records.get(new TopicPartition(rec.topic(), rec.partition())).add(rec.offset());
        receipts.take(rec.key());
      }
    }
  }

  private List<Mark> marks() {
    Map<TopicPartition, Integer> visible = new HashMap<>();
    List<Mark> marks = new ArrayList<>();
    for (Sample sample : samples) {
      long sum = 0;
      for (TopicPartition partition : partitions) {
        List<Long> offsets = records.get(partition);
        int count = visible.getOrDefault(partition, 0);
        while (count < offsets.size() && offsets.get(count) < sample.ends().get(partition)) {
          count++;
        }
        visible.put(partition, count);
        sum += count;
      }
      marks.add(new Mark(sample.nanos(), sum, sample.cpuNanos(), sample.brokerCpuNanos()));
    }
    return marks;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
