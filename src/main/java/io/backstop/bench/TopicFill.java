package io.backstop.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Fills a topic before a round, evenly over its partitions. */
final class TopicFill {
  private TopicFill() {}

  /**
   * @param value of the record with an id; its key is the id
   */
  static void fill(
      BenchCluster cluster,
      String topic,
      int partitions,
      int count,
      Function<String, byte[]> value) {
    fill(cluster, topic, partitions, 0, count, value);
  }

  /**
   * @param first the number of the first record, so that a topic can be filled further
   */
  static void fill(
      BenchCluster cluster,
      String topic,
      int partitions,
      int first,
      int count,
      Function<String, byte[]> value) {
    fill(
        cluster,
        count,
        number -> {
          int index = first + number;
          String id = Integer.toString(index);
          byte[] key = id.getBytes(StandardCharsets.UTF_8);
          return new ProducerRecord<>(topic, index % partitions, key, value.apply(id));
        });
  }

  /**
   * @param record by its number, from 0
   */
  static void fill(
      BenchCluster cluster, int count, IntFunction<ProducerRecord<byte[], byte[]>> record) {
    Future<RecordMetadata> last = null;
    try (Producer<byte[], byte[]> producer = Clients.producer(cluster)) {
      for (int index = 0; index < count; index++) {
        last = producer.send(record.apply(index));
      }
      producer.flush();
      if (last != null) {
        last.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a topic was not filled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
