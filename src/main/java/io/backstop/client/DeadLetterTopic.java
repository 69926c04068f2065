package io.backstop.client;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.OriginalRecord;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.deadletter.LetterWriting;
import io.backstop.desk.LettersOnTopic;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead letters as they stand on their topic, without a running processor. For one thread. */
public final class DeadLetterTopic implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  /** Takes the letters, partition by partition and each in the order of its offsets. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param letter with the status UNKNOWN; also what stands there and is none
     * @return whether to go on
     */
    boolean accept(DeskLetter letter);
  }

  private final LettersOnTopic letters = new LettersOnTopic(LetterWriting::letter);
  private final InstantSource clock = InstantSource.system();
  private final Registry registry;
  private final WireDecoder<DeadLetter> decoder;
  private final TopicReader reader;

  private DeadLetterTopic(BackstopConfig config, TopicReader reader) {
    this.registry = new Registry(config.registry());
    this.decoder = new WireDecoder<>(DeadLetter.class, registry, clock);
    this.reader = reader;
  }

  /**
   * @throws StartupException when the broker does not answer or the topic is not there
   */
  public static DeadLetterTopic open(BackstopConfig config) {
    String topic = new Topics(config.topics().prefix()).deadLetters();
    return new DeadLetterTopic(config, TopicReader.open(config, topic));
  }

  /**
   * Reads all that stands there now, from the beginning.
   *
   * @throws StartupException when broker or registry stop answering
   */
  public void read(Sink sink) {
    reader.readToEnd(new Start.Beginning(), rec -> sink.accept(letter(rec)));
  }

  private DeskLetter letter(ConsumerRecord<byte[], byte[]> rec) {
    Decoded<DeadLetter> decoded = decoder.decodeFetching(rec.value(), REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.Value<DeadLetter> letter) {
      return letters.of(letter.value(), original(rec), clock.millis());
    } else if (decoded instanceof Decoded.Undecodable<DeadLetter> undecodable) {
      return letters.unreadable(original(rec), undecodable.reason());
    }
    throw new StartupException(
        "the schema registry at "
            + registry.url()
            + " does not answer; check backstop.registry.url");
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
