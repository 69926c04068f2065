package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.LetterLimits;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.serde.Decoded;
import io.backstop.serde.EncodedSize;
import io.backstop.serde.ReadRecord;
import io.backstop.serde.SchemaParking;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every dead letter on the desk, where operators find it, and takes it off when its time is
 * over. What stands on the topic and is no dead letter is kept as one, with an id of its own: a
 * further record about it would come back here for ever.
 */
final class DeadLetterDesk implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

  /** So that the thread is not held up, whatever has expired: 2,000 letters a second. */
  static final int SWEEP_STEP = 200;

  private static final int SURELY_FITS = 1024 * 1024;

  private final DeskNode node;
  private final long retentionMs;
  private ProcessorContext<Void, Void> context;
  private SchemaParking parking;
  private Desk desk;
  private DeskPosition position;

  DeadLetterDesk(DeskNode node) {
    this.node = node;
    this.retentionMs = node.config().retention().toMillis();
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    desk =
        new Desk(
            context.getStateStore(StoreNames.LETTERS),
            new LettersByTime(context.getStateStore(StoreNames.LETTERS_BY_TIME)),
            context.getStateStore(StoreNames.LETTER_GROUPS));
    position = new DeskPosition(context.getStateStore(StoreNames.DESK_POSITION));
    parking =
        new SchemaParking(
            context.getStateStore(StoreNames.LETTERS_AWAITING_SCHEMA), node.decoder());
    context.schedule(
        PARKING_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parking.poll(now, original -> accept(original, now)));
    context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sweep);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    accept(ReadRecord.of(record, context.recordMetadata()), context.currentSystemTimeMs());
  }

  private void accept(OriginalRecord read, long now) {
    try {
      keep(read, now);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "dead letter not kept topic={} partition={} offset={}: this is a defect of the desk; the"
              + " letter stands on its topic",
          read.getTopic(),
          read.getPartition(),
          read.getOffset(),
          e);
      node.metrics().deskLetters("lost", 1);
    }
  }

  private void keep(OriginalRecord read, long now) {
    byte[] value = read.getValue() == null ? null : read.getValue().array();
    int size = RecordHeaders.sizeAroundValue(read) + (value == null ? 0 : value.length);
    if (size > LetterLimits.MOST_BYTES) {
      keepUnreadable(read, "it has %,d bytes, more than any letter".formatted(size), now);
      return;
    }
    Decoded<DeadLetter> decoded = node.decoder().decode(value);
    if (decoded instanceof Decoded.Value<DeadLetter> letter) {
      keepLetter(letter.value(), read, size, now);
    } else if (decoded instanceof Decoded.Undecodable<DeadLetter> undecodable) {
      keepUnreadable(read, undecodable.reason(), now);
    } else if (decoded instanceof Decoded.SchemaUnknownYet<DeadLetter> unknown) {
      parking.park(unknown.schemaId(), read, now);
    }
  }

  private void keepLetter(DeadLetter letter, OriginalRecord read, int size, long now) {
    if (!NoLetter.isId(letter.getId())) {
      keepUnreadable(read, NoLetter.wrongId(letter.getId()), now);
    } else if (size > SURELY_FITS && EncodedSize.of(letter) > LetterLimits.MOST_BYTES) {
      keepUnreadable(read, "it is larger than any letter", now);
    } else {
      node.metrics().deskLetters(add(letter, read.getOffset(), now), 1);
    }
  }

  private void keepUnreadable(OriginalRecord read, String why, long now) {
    LOG.warn(
        "dead letter unreadable topic={} partition={} offset={} reason={}",
        read.getTopic(),
        read.getPartition(),
        read.getOffset(),
        why);
    add(node.letters().of(NoLetter.failure(read, why), now), read.getOffset(), now);
    node.metrics().deskLetters("unreadable", 1);
  }

  /** Its time may be another producer's, so that it lies in the future or the far past. */
  private String add(DeadLetter letter, long offset, long now) {
    long createdAt = Math.min(Math.max(letter.getCreatedAt().toEpochMilli(), 0), now);
    if (createdAt <= now - retentionMs) {
      return "expired";
    }
    boolean isNew = desk.add(createdAt(letter, createdAt), offset);
    position.taken(offset);
    return isNew ? "kept" : "repeated";
  }

  private static DeadLetter createdAt(DeadLetter letter, long createdAt) {
    Instant time = Instant.ofEpochMilli(createdAt);
    return letter.getCreatedAt().equals(time)
        ? letter
        : DeadLetter.newBuilder(letter).setCreatedAt(time).build();
  }

  private void sweep(long now) {
    int swept = desk.removeExpired(now - retentionMs, SWEEP_STEP);
    node.metrics().deskLetters("swept", swept);
  }
}
