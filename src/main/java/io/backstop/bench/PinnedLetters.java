package io.backstop.bench;

import io.backstop.action.DeadLetter;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the dead letters of their topic and pins them as a selection. */
final class PinnedLetters {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private PinnedLetters() {}

  /** Waits until there are {@code count}; all of them, as long as they are OPEN. */
  static Selection of(BenchCluster cluster, BackstopConfig config, int count) {
    String topic = new Topics(config.topics().prefix()).deadLetters();
    Map<String, Long> cutOff = new HashMap<>();
    LetterSet letters = LetterSet.EMPTY;
    long start = System.nanoTime();
    try (Registry registry = new Registry(config.registry());
        WireDecoder<DeadLetter> decoder =
            new WireDecoder<>(DeadLetter.class, registry, InstantSource.system());
        Consumer<byte[], byte[]> consumer = Clients.consumer(cluster, "letters")) {
      consumer.assign(Clients.partitions(consumer, topic));
      while (letters.count() < count) {
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
          letters = letters.with(id(decoder, rec.value()));
          cutOff.put(Integer.toString(rec.partition()), rec.offset() + 1);
        }
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IllegalStateException("only " + letters.count() + " dead letters came");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Selection.newBuilder()
        .setFilter(SelectionFilter.newBuilder().setStatus(LetterStatus.OPEN).build())
        .setCutOff(cutOff)
        .setCount(letters.count())
        .setHash(letters.hash())
        .build();
  }

  private static String id(WireDecoder<DeadLetter> decoder, byte[] value) {
    Decoded<DeadLetter> decoded = decoder.decodeFetching(value, Duration.ofSeconds(10));
    if (decoded instanceof Decoded.Value<DeadLetter> letter) {
      return letter.value().getId();
    }
    throw new IllegalStateException("a dead letter cannot be read: " + decoded);
  }
}
