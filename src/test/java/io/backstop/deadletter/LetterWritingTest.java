package io.backstop.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.serde.KafkaHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LetterWritingTest {
  private static final int LIMIT = 4 * 1024 * 1024;
  private static final int RECORD_FRAME = 200;

  @Test
  void shouldKeepAnOrdinaryRecordWhole() {
    OriginalRecord original = original(100, 10, 50, 5_000);

    DeadLetter letter = letter(original, "why");

    assertThat(letter.getOriginal()).isSameAs(original);
    assertThat(letter.getOriginalTruncated()).isFalse();
    assertThat(letter.getOriginalValueSize()).isEqualTo(5_000);
    assertThat(letter.getId()).isEqualTo("actions.requests-3-17");
  }

  @Test
  void shouldSayWhatItCut() {
    DeadLetter letter = letter(original(10, 0, 0, 3_000_000), "x".repeat(10_000));

    assertThat(letter.getOriginalTruncated()).isTrue();
    assertThat(letter.getOriginalValueSize()).isEqualTo(3_000_000);
    assertThat(letter.getOriginal().getValue().remaining()).isGreaterThan(700_000);
    assertThat(letter.getReason()).hasSizeLessThan(4_100).endsWith(" [cut]");
  }

  @Property(tries = 150)
  void shouldAlwaysFitItsTopic(
      @ForAll @IntRange(min = 0, max = 5_000_000) int key,
      @ForAll @IntRange(min = 0, max = 20_000) int headers,
      @ForAll @IntRange(min = 0, max = 2_000) int headerSize,
      @ForAll @IntRange(min = 0, max = 5_000_000) int value)
      throws IOException {
    DeadLetter letter = letter(original(key, headers, headerSize, value), "why");

    assertThat(sizeOnTopic(letter)).isLessThan(LIMIT);
  }

  private static long sizeOnTopic(DeadLetter letter) throws IOException {
    byte[] key = LetterWriting.key(letter);
    long size = DeadLetter.getEncoder().encode(letter).remaining() + RECORD_FRAME;
    size += key == null ? 0 : key.length;
    for (var header : KafkaHeaders.of(letter.getOriginal())) {
      size += header.key().length() + header.value().length + 10;
    }
    return size;
  }

  private static DeadLetter letter(OriginalRecord original, String reason) {
    return LetterWriting.letter(
        Failure.ofRecord(original, FailureClass.VALIDATION, reason), 1_772_000_000_000L);
  }

  private static OriginalRecord original(int key, int headers, int headerSize, int value) {
    List<RecordHeader> kept = new ArrayList<>();
    ByteBuffer content = ByteBuffer.wrap(new byte[headerSize]);
    for (int i = 0; i < headers; i++) {
      kept.add(new RecordHeader("h", content));
    }
    return new OriginalRecord(
        "actions.requests",
        3,
        17L,
        5L,
        ByteBuffer.wrap(new byte[key]),
        ByteBuffer.wrap(new byte[value]),
        kept);
  }
}
