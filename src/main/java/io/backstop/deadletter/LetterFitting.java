package io.backstop.deadletter;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeadLetter;
import io.backstop.action.LetterLimits;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.serde.EncodedSize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a letter down to what its topic takes, one part after the other until it fits: first what
 * can be found elsewhere in it, last the original's value, which is at the original's coordinates.
 * Each part has a share that it keeps in any case; all shares together fit. Key and headers count
 * twice, because they stand on the letter's record too.
 */
final class LetterFitting {
  private static final int MAX_REASON = 4_000;
  private static final int MAX_NAME = 1_000;
  private static final int MAX_STEPS = 100;
  private static final int REQUEST_SHARE = 400_000;
  private static final int HEADERS_SHARE = 400_000;
  private static final int KEY_SHARE = 400_000;

  /** For what is said about the last cut. */
  private static final int ROOM_TO_SAY = 200;

  private final DeadLetter.Builder letter;
  private final List<String> cut = new ArrayList<>();

  private LetterFitting(DeadLetter.Builder letter) {
    this.letter = letter.setCut(cut);
  }

  /** The letter, cut where it has to be. */
  static DeadLetter fitting(DeadLetter.Builder letter) {
    LetterFitting fitting = new LetterFitting(letter);
    fitting.cutReason();
    List<Runnable> cuts =
        List.of(
            fitting::leaveOutRequest,
            fitting::cutAttempts,
            fitting::cutNames,
            fitting::leaveOutHeaders,
            fitting::cutKey,
            fitting::cutValue);
    for (int next = 0; next < cuts.size() && fitting.excess() > 0; next++) {
      cuts.get(next).run();
    }
    return letter.build();
  }

  private long excess() {
    return EncodedSize.of(letter.build())
        + RecordHeaders.sizeAroundValue(letter.getOriginal())
        - LetterLimits.MOST_BYTES;
  }

  private void cutReason() {
    String reason = letter.getReason();
    if (reason.length() > MAX_REASON) {
      letter.setReason(reason.substring(0, MAX_REASON) + " [cut]");
      say("reason: the first %,d of %,d characters kept", MAX_REASON, reason.length());
    }
  }

  private void leaveOutRequest() {
    ActionRequest request = letter.getRequest();
    long size = request == null ? 0 : EncodedSize.of(request);
    if (size > REQUEST_SHARE) {
      letter.setRequest(null);
      say("request: its %,d bytes left out", size);
    }
  }

  private void cutAttempts() {
    AttemptsFitting.of(letter.getAttempts())
        .ifPresent(
            fitting -> {
              letter.setAttempts(fitting.kept());
              cut.add(fitting.said());
            });
  }

  /** None of these is long, unless somebody makes it so. */
  private void cutNames() {
    List<String> steps = letter.getSteps();
    if (steps.size() > MAX_STEPS || steps.stream().anyMatch(step -> step.length() > MAX_NAME)) {
      letter.setSteps(steps.stream().limit(MAX_STEPS).map(LetterFitting::start).toList());
      say(
          "steps: %,d of %,d kept, names cut to %,d characters",
          letter.getSteps().size(), steps.size(), MAX_NAME);
    }
    String key = letter.getIdempotencyKey();
    if (key != null && key.length() > MAX_NAME) {
      letter.setIdempotencyKey(start(key));
      say("idempotencyKey: the first %,d of %,d characters kept", MAX_NAME, key.length());
    }
  }

  /** The lineage stays, which is small: without it the letter would not be known as a child. */
  private void leaveOutHeaders() {
    List<RecordHeader> all = letter.getOriginal().getHeaders();
    Optional<Lineage> lineage = Lineage.of(all);
    List<RecordHeader> others =
        lineage.isPresent() ? RecordHeaders.without(all, Lineage.PREFIX) : all;
    List<RecordHeader> kept = new ArrayList<>();
    int room = HEADERS_SHARE;
    for (RecordHeader header : others) {
      int size = RecordHeaders.size(header);
      if (size <= room) {
        kept.add(header);
        room -= size;
      }
    }
    List<RecordHeader> withLineage = lineage.map(each -> each.stamp(kept)).orElse(kept);
    if (kept.size() < others.size() || withLineage.size() < all.size()) {
      OriginalRecord original = letter.getOriginal();
      cutOriginal(original.getKey(), original.getValue(), withLineage);
      say("original.headers: %,d of %,d kept", withLineage.size(), all.size());
    }
  }

  private void cutKey() {
    OriginalRecord original = letter.getOriginal();
    ByteBuffer key = original.getKey();
    if (key != null && key.remaining() > KEY_SHARE) {
      cutOriginal(start(key, KEY_SHARE), original.getValue(), original.getHeaders());
      say("original.key: the first %,d of %,d bytes kept", KEY_SHARE, key.remaining());
    }
  }

  private void cutValue() {
    OriginalRecord original = letter.getOriginal();
    ByteBuffer value = original.getValue();
    if (value != null) {
      int kept = (int) Math.max(0, value.remaining() - excess() - ROOM_TO_SAY);
      cutOriginal(original.getKey(), start(value, kept), original.getHeaders());
      say("original.value: the first %,d of %,d bytes kept", kept, value.remaining());
    }
  }

  private void cutOriginal(ByteBuffer key, ByteBuffer value, List<RecordHeader> headers) {
    OriginalRecord whole = letter.getOriginal();
    letter
        .setOriginal(
            new OriginalRecord(
                whole.getTopic(),
                whole.getPartition(),
                whole.getOffset(),
                whole.getTimestamp(),
                key,
                value,
                headers))
        .setOriginalTruncated(true);
  }

  private void say(String what, Object... numbers) {
    cut.add(what.formatted(numbers));
  }

  private static String start(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  private static ByteBuffer start(ByteBuffer bytes, int length) {
    byte[] start = new byte[length];
    bytes.duplicate().get(start);
    return ByteBuffer.wrap(start);
  }
}
