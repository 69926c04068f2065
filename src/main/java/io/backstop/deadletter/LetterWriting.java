package io.backstop.deadletter;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeadLetterId;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Severity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a failure down as a dead letter that always fits its topic: what is cut is said in the
 * letter, and the whole stays addressable by its coordinates.
 */
final class LetterWriting {
  /**
   * The topic takes 4 MB; key and headers stand in the letter and on its record, so they count
   * twice.
   */
  private static final int MAX_ORIGINAL_BYTES = 1_200_000;

  private static final int MAX_REPEATED_BYTES = 400_000;
  private static final int MAX_REASON = 4_000;

  private LetterWriting() {}

  static DeadLetter letter(Failure failure, long now) {
    OriginalRecord original = failure.original();
    int valueSize = original.getValue() == null ? -1 : original.getValue().remaining();
    OriginalRecord kept = fitting(original);
    String id = DeadLetterId.of(original);
    return DeadLetter.newBuilder()
        .setId(id)
        .setReason(cut(failure.reason()))
        .setFailureClass(failure.failureClass())
        .setSeverity(severity(failure.failureClass()))
        .setOriginal(kept)
        .setOriginalValueSize(valueSize)
        .setOriginalTruncated(kept != original)
        .setRequest(valueSize > MAX_REPEATED_BYTES ? null : failure.request().orElse(null))
        .setIdempotencyKey(failure.idempotencyKey().orElse(null))
        .setAttempts(failure.attempts())
        .setRootId(id)
        .setCreatedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static Severity severity(FailureClass failureClass) {
    return switch (failureClass) {
      case INTERNAL, UNKNOWN -> Severity.CRITICAL;
      case TIMEOUT,
          NETWORK,
          RATE_LIMITED,
          SERVER_ERROR,
          AUTHENTICATION,
          CIRCUIT_OPEN,
          RESOURCE_EXHAUSTED ->
          Severity.HIGH;
      case NOT_FOUND, VALIDATION, CONFLICT, EXPIRED, UNDECODABLE -> Severity.MEDIUM;
    };
  }

  private static OriginalRecord fitting(OriginalRecord original) {
    int key = size(original.getKey());
    long whole = (long) RecordHeaders.sizeAroundValue(original) + size(original.getValue());
    if (whole <= MAX_ORIGINAL_BYTES) {
      return original;
    }
    List<RecordHeader> keptHeaders = new ArrayList<>();
    int room = MAX_ORIGINAL_BYTES - Math.min(key, MAX_REPEATED_BYTES);
    for (RecordHeader header : original.getHeaders()) {
      int size = RecordHeaders.size(header);
      if (size <= room - MAX_REPEATED_BYTES) {
        keptHeaders.add(header);
        room -= size;
      }
    }
    return OriginalRecord.newBuilder(original)
        .setKey(cut(original.getKey(), MAX_REPEATED_BYTES))
        .setValue(cut(original.getValue(), room))
        .setHeaders(keptHeaders)
        .build();
  }

  private static int size(ByteBuffer bytes) {
    return bytes == null ? 0 : bytes.remaining();
  }

  private static ByteBuffer cut(ByteBuffer bytes, int limit) {
    if (bytes == null || bytes.remaining() <= limit) {
      return bytes;
    }
    byte[] start = new byte[limit];
    bytes.duplicate().get(start);
    return ByteBuffer.wrap(start);
  }

  private static String cut(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + " [cut]";
  }

  /** Record key of a letter: that of its original, as far as the letter could keep it. */
  static byte[] key(DeadLetter letter) {
    return RecordHeaders.bytes(letter.getOriginal().getKey());
  }
}
