package io.backstop.client;

import io.backstop.action.DeskOrder;
import io.backstop.action.LetterSet;
import io.backstop.action.OriginalRecord;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.desk.StagedRequest;
import io.backstop.runtime.BrokerFailure;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Puts past requests in readiness on the desks, each on that of its own partition, for a replay
 * that is asked for when all are there. What is staged and never asked for, the desks forget. For
 * one thread.
 */
public final class RequestStaging implements AutoCloseable {
  /** A request of the largest size, with its coordinates: as the topic takes it. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final BackstopConfig config;
  private final String operationId;
  private final String topic;
  private final InstantSource clock;
  private final Registry registry;
  private final WireEncoder<DeskOrder> encoder;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private LetterSet staged = LetterSet.EMPTY;

  private RequestStaging(
      BackstopConfig config, String operationId, Registry registry, InstantSource clock) {
    this.config = config;
    this.operationId = operationId;
    this.topic = new Topics(config.topics().prefix()).deskOrders();
    this.clock = clock;
    this.registry = registry;
    this.encoder = new WireEncoder<>(registry, topic, DeskOrder.class);
    this.producer = RequestProducer.open(config, MOST_BYTES);
  }

  /**
   * @param operationId of the replay
   * @throws StartupException when broker or registry cannot be reached or the topic is not there
   */
  public static RequestStaging open(
      BackstopConfig config, String operationId, InstantSource clock) {
    try (TopicAdmin admin = TopicAdmin.connect(config)) {
      admin.requireTopic(new Topics(config.topics().prefix()).deskOrders());
    }
    Registry registry = new Registry(config.registry());
    try {
      return new RequestStaging(config, operationId, registry, clock);
    } catch (RuntimeException e) {
      close(registry);
      throw e instanceof KafkaException kafka ? BrokerFailure.explain(kafka, config.kafka()) : e;
    }
  }

  /**
   * Sends one, without waiting.
   *
   * @throws StartupException when Kafka has not taken an earlier one
   */
  public void stage(OriginalRecord original) {
    requireTaken();
    DeskOrder order =
        DeskOrder.newBuilder()
            .setOperationId(operationId)
            .setAt(clock.instant())
            .setStaged(original)
            .build();
    try {
      producer.send(
          new ProducerRecord<>(topic, original.getPartition(), null, encoder.encode(order)),
          (metadata, problem) -> failure.compareAndSet(null, problem));
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
    staged = staged.with(StagedRequest.id(original));
  }

  /**
   * Waits until all are on the topic.
   *
   * @return what was staged: its ids are {@code topic-partition-offset}
   * @throws StartupException when Kafka has not taken one
   */
  public LetterSet finish() {
    producer.flush();
    requireTaken();
    return staged;
  }

  private void requireTaken() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new StartupException(
          "a request was not staged on %s (%s): nothing is replayed; try again"
              .formatted(topic, problem.getMessage()),
          problem);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    close(registry);
  }

  private static void close(Registry registry) {
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
