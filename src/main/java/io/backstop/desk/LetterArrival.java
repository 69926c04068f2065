package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.LetterLimits;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.metrics.Metric;
import io.backstop.serde.Decoded;
import io.backstop.serde.EncodedSize;
import io.backstop.serde.SchemaParking;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every dead letter on the desk. What stands on the topic and is no dead letter is kept as
 * one, with an id of its own: a further record about it would come back here for ever. Stream
 * thread only.
 */
final class LetterArrival {
  private static final Logger LOG = LoggerFactory.getLogger(LetterArrival.class);
  private static final int SURELY_FITS = 1024 * 1024;

  private final DeskNode node;
  private final Desk desk;
  private final Lineages lineages;
  private final SchemaParking parking;
  private final DeskPosition position;

  LetterArrival(
      DeskNode node, Desk desk, Lineages lineages, SchemaParking parking, DeskPosition position) {
    this.node = node;
    this.desk = desk;
    this.lineages = lineages;
    this.parking = parking;
    this.position = position;
  }

  /** Also takes up what waited for its schema. */
  void accept(OriginalRecord read, long now) {
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
      String outcome = add(letter, read.getOffset(), now);
      node.metrics().counter(Metric.DESK_LETTERS, outcome).increment();
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
    node.metrics().counter(Metric.DESK_LETTERS, "unreadable").increment();
  }

  /** Its time may be another producer's, so that it lies in the future or the far past. */
  private String add(DeadLetter letter, long offset, long now) {
    long createdAt = Math.min(Math.max(letter.getCreatedAt().toEpochMilli(), 0), now);
    String became = "expired";
    if (createdAt > now - node.config().retention().toMillis()) {
      became = desk.add(createdAt(letter, createdAt), offset) ? "kept" : "repeated";
      position.taken(offset);
    }
    if (letter.getReplayId() != null && !became.equals("repeated")) {
      lineages.failedAgain(letter, now);
    }
    return became;
  }

  private static DeadLetter createdAt(DeadLetter letter, long createdAt) {
    Instant time = Instant.ofEpochMilli(createdAt);
    return letter.getCreatedAt().equals(time)
        ? letter
        : DeadLetter.newBuilder(letter).setCreatedAt(time).build();
  }
}
