package io.backstop.bench;

import io.backstop.topology.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Requests at a steady pace, eight of ten to the first partition and one to each of the others. So
 * one instance meets an outage long before the others could find out by themselves, and what stops
 * these is the fleet's decision.
 */
final class SkewedLoad implements AutoCloseable {
  private static final int TURN = 10;

  private final BenchSettings.RequestEncoder encoder;
  private final Producer<byte[], byte[]> producer;
  private final String topic = new Topics(BenchFleet.PREFIX).requests();
  private final PacedLoad load;

  SkewedLoad(BenchCluster cluster, BenchSettings settings, int perSecond) {
    encoder = settings.new RequestEncoder();
    producer = Clients.producer(cluster);
    load = PacedLoad.start(perSecond, this::publish);
  }

  private void publish(int number) {
    int place = number % TURN;
    int partition = place < BenchFleet.INSTANCES ? place : 0;
    String id = "r-" + number;
    producer.send(
        new ProducerRecord<>(
            topic,
            partition,
            id.getBytes(StandardCharsets.UTF_8),
            encoder.encode(SampleRequests.slackMessage(id))));
  }

  @Override
  public void close() {
    load.close();
    producer.close();
    encoder.close();
  }
}
