package io.backstop.deadletter;

import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.serde.KafkaHeaders;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the records that the exception handlers of Streams leave behind, in the same envelope as
 * every other dead letter. Handed to them through the Streams configuration. Thread-safe when the
 * serializer is.
 *
 * @param partitions how many the topic has
 */
public record LetterRecords(
    String topic,
    int partitions,
    Serializer<DeadLetter> serializer,
    LetterCount count,
    Clock clock) {

  /** Key of this object in the Streams configuration. */
  public static final String CONFIG_KEY = "backstop.letter-records";

  static LetterRecords from(Map<String, ?> configs) {
    if (configs.get(CONFIG_KEY) instanceof LetterRecords records) {
      return records;
    }
    throw new IllegalArgumentException(CONFIG_KEY + " is not in the Streams configuration");
  }

  ProducerRecord<byte[], byte[]> of(Failure failure) {
    long now = clock.millis();
    DeadLetter letter = LetterWriting.letter(failure, now);
    count.written(failure);
    OptionalInt desk = LetterWriting.desk(letter, partitions);
    return new ProducerRecord<>(
        topic,
        desk.isPresent() ? desk.getAsInt() : null,
        now,
        LetterWriting.key(letter),
        serializer.serialize(topic, letter),
        KafkaHeaders.of(letter.getOriginal()));
  }
}
