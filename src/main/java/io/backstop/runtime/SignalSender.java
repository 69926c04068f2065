package io.backstop.runtime;

import io.backstop.action.FleetSignal;
import io.backstop.config.KafkaConfig;
import io.backstop.fleet.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ThreadUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what this process tells the fleet, on a thread of its own and outside every transaction: a
 * signal says all that its instance knows, so it may be lost, and it must be there at once, also
 * from an instance that has no task any more.
 */
final class SignalSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);
  private static final long EVERY_MS = 10;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** What is older says nothing any more. */
  private static final int DELIVERY_MS = 5_000;

  private final Signals signals;
  private final String topic;
  private final Serializer<FleetSignal> serializer;
  private final Optional<EndpointAnnouncement> announcement;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          ThreadUtils.createThreadFactory("fleet-signals", true));

  private SignalSender(
      KafkaConfig kafka,
      Signals signals,
      String topic,
      Serializer<FleetSignal> serializer,
      Optional<EndpointAnnouncement> announcement,
      Clock clock) {
    this.announcement = announcement;
    this.signals = signals;
    this.topic = topic;
    this.serializer = serializer;
    this.clock = clock;
    var bytes = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(settings(kafka), bytes, bytes);
  }

  static SignalSender start(
      KafkaConfig kafka,
      Signals signals,
      String topic,
      Serializer<FleetSignal> serializer,
      Optional<EndpointAnnouncement> announcement,
      Clock clock) {
    SignalSender sender = new SignalSender(kafka, signals, topic, serializer, announcement, clock);
    sender.thread.scheduleWithFixedDelay(
        sender::sendDue, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    return sender;
  }

  private static Map<String, Object> settings(KafkaConfig kafka) {
    var settings = new HashMap<String, Object>(kafka.properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS);
    return settings;
  }

  private void sendDue() {
    try {
      send(signals.due(clock.millis()));
      announcement.flatMap(each -> each.due(clock.millis())).ifPresent(producer::send);
    } catch (RuntimeException e) {
      // the next signal makes up for it
      LOG.warn("signals not sent", e);
    }
  }

  private void send(List<FleetSignal> due) {
    for (FleetSignal signal : due) {
      byte[] key = signal.getScope().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, signal)));
    }
  }

  /** Says goodbye; to be called when no call is started any more. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
      send(signals.leaving(clock.millis()));
      announcement.map(EndpointAnnouncement::withdrawal).ifPresent(producer::send);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      // an instance that stays silent is forgotten after a while
      LOG.warn("goodbye not sent reason={}", e.getMessage());
    } finally {
      producer.close(GOODBYE);
    }
  }
}
