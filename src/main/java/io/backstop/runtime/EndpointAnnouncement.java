package io.backstop.runtime;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Tells the fleet and its clients where this instance answers queries: again and again, so that an
 * instance that died without a word is known by its silence. For one thread.
 */
public final class EndpointAnnouncement {
  /** From one announcement to the next. */
  static final Duration EVERY = Duration.ofSeconds(30);

  /** An instance whose last announcement is older is taken to be gone. */
  public static final Duration VALID = Duration.ofMinutes(2);

  private final String topic;
  private final byte[] key;
  private final InstanceEndpoint endpoint;
  private final Serializer<FleetState> serializer;
  private long dueAt = Long.MIN_VALUE;

  /**
   * @param topic of the fleet's state
   * @param place under which the instance is known, also after a restart
   */
  EndpointAnnouncement(
      String topic, String place, InstanceEndpoint endpoint, Serializer<FleetState> serializer) {
    this.topic = topic;
    this.key = FleetKey.ENDPOINT.of(place).getBytes(StandardCharsets.UTF_8);
    this.endpoint = endpoint;
    this.serializer = serializer;
  }

  /** Whether an announcement of that time still counts. */
  public static boolean isValid(Instant announcedAt, long now) {
    return now - announcedAt.toEpochMilli() <= VALID.toMillis();
  }

  /** What to send now, if anything. */
  Optional<ProducerRecord<byte[], byte[]>> due(long now) {
    if (now < dueAt) {
      return Optional.empty();
    }
    dueAt = now + EVERY.toMillis();
    FleetState state =
        FleetState.newBuilder()
            .setWrittenAt(Instant.ofEpochMilli(now))
            .setEndpoint(endpoint)
            .build();
    return Optional.of(new ProducerRecord<>(topic, key, serializer.serialize(topic, state)));
  }

  /** Takes the announcement back. */
  ProducerRecord<byte[], byte[]> withdrawal() {
    return new ProducerRecord<>(topic, key, null);
  }
}
