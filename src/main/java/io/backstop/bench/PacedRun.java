package io.backstop.bench;

import io.backstop.bench.BenchSettings.RequestEncoder;
import io.backstop.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes at a fixed pace and takes the time until each result reaches a read-committed consumer.
 * The time starts when a request was due, not when it was sent, so that a stall of the publisher
 * hides nothing.
 */
final class PacedRun {
  static final int PER_SECOND = 500;
  private static final int WARM_UP_SECONDS = 3;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final BenchCluster cluster;
  private final BenchSettings settings;
  private final BenchOptions options;
  private final int count;

  PacedRun(BenchCluster cluster, BenchSettings settings, BenchOptions options) {
    this.cluster = cluster;
    this.settings = settings;
    this.options = options;
    this.count = (WARM_UP_SECONDS + options.pacedSeconds()) * PER_SECOND;
  }

  /** Without those of the first seconds. */
  Latencies measure() {
    settings.createTopics();
    var side = new ProcessorSide(settings, List.of(new InstantTarget()));
    return side.runWhile(() -> measure(side.output()));
  }

  private Latencies measure(String output) {
    try (Consumer<byte[], byte[]> results = Clients.consumer(cluster, "paced");
        RequestEncoder encoder = settings.new RequestEncoder()) {
      results.assign(Clients.partitions(results, output));
      long start = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      var publishing = CompletableFuture.runAsync(() -> publish(encoder, start));
      double[] millis = read(results, start);
      publishing.join();
      List<Double> counted = new ArrayList<>();
      for (int index = WARM_UP_SECONDS * PER_SECOND; index < count; index++) {
        counted.add(millis[index]);
      }
      return Latencies.of(counted);
    }
  }

  private void publish(RequestEncoder encoder, long start) {
    String topic = new Topics(settings.prefix()).requests();
    try (Producer<byte[], byte[]> producer = Clients.producer(cluster)) {
      for (int index = 0; index < count; index++) {
        String id = Integer.toString(index);
        byte[] value = encoder.encode(SampleRequests.instant(id));
        for (long left = dueAt(start, index) - System.nanoTime();
            left > 0;
            left = dueAt(start, index) - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        producer.send(
            new ProducerRecord<>(
                topic, index % options.partitions(), id.getBytes(StandardCharsets.UTF_8), value));
      }
    }
  }

  private double[] read(Consumer<byte[], byte[]> results, long start) {
    double[] millis = new double[count];
    long giveUpAt = dueAt(start, count) + PATIENCE_NANOS;
    int seen = 0;
    while (seen < count) {
      for (ConsumerRecord<byte[], byte[]> result : results.poll(POLL)) {
        int index = Integer.parseInt(new String(result.key(), StandardCharsets.UTF_8));
        millis[index] = (System.nanoTime() - dueAt(start, index)) / 1e6;
        seen++;
      }
      if (System.nanoTime() > giveUpAt) {
        throw new IllegalStateException("only " + seen + " of " + count + " results came");
      }
    }
    return millis;
  }

  private static long dueAt(long start, int index) {
    return start + TimeUnit.SECONDS.toNanos(1) / PER_SECOND * index;
  }
}
