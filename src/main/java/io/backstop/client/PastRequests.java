package io.backstop.client;

import io.backstop.action.ActionRequest;
import io.backstop.action.OriginalRecord;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.serde.Decoded;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads requests of the past from their topic, committed ones only. For one thread. */
public final class PastRequests implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  /** Takes the records of a range, each partition's in its order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param request empty where the record is no request
     */
    void read(OriginalRecord original, Optional<ActionRequest> request);
  }

  private final String topic;
  private final TopicReader reader;
  private final Registry registry;
  private final WireDecoder<ActionRequest> decoder;

  private PastRequests(String topic, TopicReader reader, Registry registry) {
    this.topic = topic;
    this.reader = reader;
    this.registry = registry;
    this.decoder = new WireDecoder<>(ActionRequest.class, registry, InstantSource.system());
  }

  /**
   * @throws StartupException when the broker does not answer or the topic is not there
   */
  public static PastRequests open(BackstopConfig config) {
    String topic = new Topics(config.topics().prefix()).requests();
    return new PastRequests(
        topic, TopicReader.open(config, topic), new Registry(config.registry()));
  }

  /** Name of the topic. */
  public String topic() {
    return topic;
  }

  /**
   * The part of the topic that is wanted, up to where it ends now.
   *
   * @throws InvalidRequestException when the topic does not have it
   */
  public RequestRange range(RequestRange.Wanted wanted) throws InvalidRequestException {
    Map<Integer, Long> ends = reader.ends();
    return RequestRange.of(
        wanted,
        new RequestRange.Held(
            reader.beginnings(), ends, wanted.since().map(reader::firstSince).orElse(Map.of())));
  }

  /** Reads all of a range; the same range has the same records again while the topic keeps them. */
  public void read(RequestRange range, Sink sink) {
    reader.readRange(
        range.from(),
        range.to(),
        rec -> {
          if (range.covers(rec.timestamp())) {
            sink.read(original(rec), decoded(rec.value()));
          }
          return true;
        });
  }

  private Optional<ActionRequest> decoded(byte[] value) {
    Decoded<ActionRequest> decoded = decoder.decodeFetching(value, REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.SchemaUnknownYet<ActionRequest>) {
      throw new StartupException(
          "the schema registry at "
              + registry.url()
              + " does not answer; check backstop.registry.url");
    }
    return decoded instanceof Decoded.Value<ActionRequest> request
        ? Optional.of(request.value())
        : Optional.empty();
  }

  private static OriginalRecord original(ConsumerRecord<byte[], byte[]> rec) {
    return new OriginalRecord(
        rec.topic(),
        rec.partition(),
        rec.offset(),
        rec.timestamp(),
        rec.key() == null ? null : ByteBuffer.wrap(rec.key()),
        rec.value() == null ? null : ByteBuffer.wrap(rec.value()),
        KafkaHeaders.keep(rec.headers()));
  }

  @Override
  public void close() {
    reader.close();
    decoder.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
