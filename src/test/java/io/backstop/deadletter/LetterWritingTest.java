package io.backstop.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ReasonCode;
import io.backstop.action.RecordHeader;
import io.backstop.action.TaskPayload;
import io.backstop.serde.KafkaHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterWritingTest {
  private static final int LIMIT = 4 * 1024 * 1024;
  private static final long NOW = 1_772_000_000_000L;

  @Test
  void shouldKeepAnOrdinaryRecordWhole() {
    OriginalRecord original = original(100, 10, 50, 5_000);

    DeadLetter letter = letter(original, "why");

    assertThat(letter.getOriginal()).isSameAs(original);
    assertThat(letter.getOriginalTruncated()).isFalse();
    assertThat(letter.getOriginalValueSize()).isEqualTo(5_000);
    assertThat(letter.getId()).isEqualTo("actions.requests-3-17");
    assertThat(letter.getCut()).isEmpty();
    assertThat(letter.getStepsSource()).isNull();
  }

  @Test
  void shouldSayWhatItCut() {
    DeadLetter letter = letter(original(10, 0, 0, 5_000_000), "x".repeat(10_000));

    assertThat(letter.getOriginalTruncated()).isTrue();
    assertThat(letter.getOriginalValueSize()).isEqualTo(5_000_000);
    assertThat(letter.getOriginal().getValue().remaining()).isGreaterThan(4_000_000);
    assertThat(letter.getReason()).hasSizeLessThan(4_100).endsWith(" [cut]");
    assertThat(letter.getCut())
        .hasSize(2)
        .anyMatch(cut -> cut.startsWith("reason: the first 4,000 of 10,000 characters"))
        .anyMatch(cut -> cut.matches("original.value: the first [4-9],.* of 5,000,000 bytes kept"));
  }

  @Test
  void shouldCutTheHistoryAndTheRequestBeforeTheOriginal() {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(attempt("notion:createPage", 1, "first"));
    attempts.add(attempt("trello:createCard", 1, "the only one there"));
    for (int number = 2; number <= 4_000; number++) {
      attempts.add(attempt("notion:createPage", number, "m".repeat(1_000)));
    }
    OriginalRecord original = original(10, 1, 10, 1_000_000);

    DeadLetter letter =
        LetterWriting.letter(failure(original, 1_000_000, attempts, List.of("csv:log")), NOW);

    assertThat(letter.getOriginal()).isSameAs(original);
    assertThat(letter.getOriginalTruncated()).isFalse();
    assertThat(letter.getRequest()).isNull();
    assertThat(letter.getAttempts())
        .hasSize(200)
        .contains(attempts.get(0), attempts.get(1))
        .allMatch(attempt -> attempt.getMessage().length() <= 300);
    assertThat(letter.getAttempts().get(199).getNumber()).isEqualTo(4_000);
    assertThat(letter.getCut())
        .containsExactly(
            "request: its 1,000,040 bytes left out",
            "attempts: 200 of 4,001 kept, messages cut to 300 characters");
  }

  @Test
  void shouldKeepTheLineageWhateverItHasToCut() {
    OriginalRecord large = original(10, 2_000, 1_000, 4_000_000);
    Lineage lineage = new Lineage("op-1", 3, Optional.of("p"), Optional.of("r"), 2, true);
    OriginalRecord replayed =
        OriginalRecord.newBuilder(large).setHeaders(lineage.stamp(large.getHeaders())).build();

    DeadLetter letter = letter(replayed, "why");

    assertThat(letter.getCut()).anyMatch(cut -> cut.startsWith("original.headers"));
    assertThat(Lineage.of(letter.getOriginal().getHeaders())).contains(lineage);
    assertThat(letter.getId()).isEqualTo("actions.requests-3-17~3");
    assertThat(letter.getGeneration()).isEqualTo(3);
    assertThat(letter.getParentId()).isEqualTo("p");
    assertThat(letter.getRootId()).isEqualTo("r");
    assertThat(letter.getReplayId()).isEqualTo("op-1");
  }

  @Test
  void shouldBeTheRootOfItsLineageWhereNoneWasReplayed() {
    DeadLetter letter = letter(original(10, 0, 0, 10), "why");

    assertThat(letter.getRootId()).isEqualTo(letter.getId());
    assertThat(letter.getParentId()).isNull();
    assertThat(letter.getReplayId()).isNull();
    assertThat(letter.getGeneration()).isZero();
  }

  @Test
  void shouldNameTheStepsAndTheirSource() {
    DeadLetter letter =
        LetterWriting.letter(
            failure(original(1, 0, 0, 1), 1, List.of(), List.of("trello:createCard", "csv:log")),
            NOW);

    assertThat(letter.getSteps()).containsExactly("trello:createCard", "csv:log");
    assertThat(letter.getStepsSource()).isEqualTo("configuration");
  }

  @Test
  void shouldTellRecordsWithoutAPlaceApart() {
    OriginalRecord one = new OriginalRecord("out", -1, -1L, 5L, null, bytes(1), List.of());
    OriginalRecord other = new OriginalRecord("out", -1, -1L, 5L, null, bytes(2), List.of());

    assertThat(letter(one, "why").getId())
        .startsWith("out-unsent-")
        .isEqualTo(letter(one, "again").getId())
        .isNotEqualTo(letter(other, "why").getId());
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_ERROR, TIMED_OUT, EXHAUSTED",
    "VALIDATION, PERMANENT, EXHAUSTED",
    "VALIDATION, , INVALID",
    "CIRCUIT_OPEN, REJECTED, REJECTED",
    "CIRCUIT_OPEN, PARKED, REJECTED",
    "CIRCUIT_OPEN, RETRYABLE, EXHAUSTED",
    "AUTHENTICATION, REJECTED, REJECTED",
    "EXPIRED, RETRYABLE, EXPIRED",
    "UNDECODABLE, , UNDECODABLE",
    "INTERNAL, PERMANENT, INTERNAL"
  })
  void shouldSayInOneWordWhyItIsThere(
      FailureClass failureClass, AttemptOutcome outcome, ReasonCode code) {
    List<Attempt> attempts =
        outcome == null
            ? List.of()
            : List.of(
                Attempt.newBuilder(attempt("notion:createPage", 1, "m"))
                    .setOutcome(outcome)
                    .build());
    Failure failure =
        new Failure(
            original(1, 0, 0, 1), Optional.empty(), Optional.empty(), attempts, failureClass, "");

    assertThat(LetterWriting.letter(failure, NOW).getReasonCode()).isEqualTo(code);
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

  @Property(tries = 100)
  void shouldAlwaysFitItsTopicWithItsHistory(
      @ForAll @IntRange(min = 0, max = 3_000_000) int value,
      @ForAll @IntRange(min = 0, max = 500_000) int around,
      @ForAll @IntRange(min = 0, max = 3_000_000) int title,
      @ForAll @IntRange(min = 0, max = 5_000) int attempts,
      @ForAll @IntRange(min = 0, max = 2_000) int message,
      @ForAll @IntRange(min = 0, max = 3_000) int steps,
      @ForAll @IntRange(min = 1, max = 2_000) int name)
      throws IOException {
    List<Attempt> history = new ArrayList<>();
    for (int number = 1; number <= attempts; number++) {
      history.add(attempt("t".repeat(name) + number, 1, "\u20ac".repeat(message)));
    }
    List<String> names = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      names.add("\u20ac".repeat(name));
    }
    OriginalRecord original = original(around, 1, around, value);

    DeadLetter letter = LetterWriting.letter(failure(original, title, history, names), NOW);

    assertThat(sizeOnTopic(letter)).isLessThan(LIMIT);
    assertThat(letter.getOriginalTruncated()).isEqualTo(letter.getOriginal() != original);
    assertThat(letter.getOriginalValueSize()).isEqualTo(value);
    boolean isWhole =
        letter.getRequest() != null
            && letter.getAttempts().equals(history)
            && letter.getSteps().equals(names)
            && letter.getOriginal() == original;
    assertThat(letter.getCut().isEmpty()).isEqualTo(isWhole);
  }

  /** As the producer reckons it before it sends a record. */
  private static long sizeOnTopic(DeadLetter letter) throws IOException {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        (byte) 2,
        CompressionType.NONE,
        LetterWriting.key(letter),
        DeadLetter.getEncoder().encode(letter).array(),
        KafkaHeaders.of(letter.getOriginal()).toArray());
  }

  private static Failure failure(
      OriginalRecord original, int title, List<Attempt> attempts, List<String> steps) {
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId("r-1")
            .setAction("notion:createPage")
            .setPayload(TaskPayload.newBuilder().setTitle("t".repeat(title)).build())
            .build();
    return new Failure(
        original,
        Optional.of(request),
        Optional.of("key"),
        attempts,
        Cascade.of(steps, "configuration"),
        FailureClass.SERVER_ERROR,
        "down");
  }

  private static Attempt attempt(String target, int number, String message) {
    return Attempt.newBuilder()
        .setTarget(target)
        .setNumber(number)
        .setStartedAt(Instant.ofEpochMilli(NOW))
        .setDurationMs(5)
        .setOutcome(AttemptOutcome.RETRYABLE)
        .setFailureClass(FailureClass.SERVER_ERROR)
        .setMessage(message)
        .build();
  }

  private static DeadLetter letter(OriginalRecord original, String reason) {
    return LetterWriting.letter(Failure.ofRecord(original, FailureClass.VALIDATION, reason), NOW);
  }

  private static OriginalRecord original(int key, int headers, int headerSize, int value) {
    List<RecordHeader> kept = new ArrayList<>();
    ByteBuffer content = ByteBuffer.wrap(new byte[headerSize]);
    for (int i = 0; i < headers; i++) {
      kept.add(new RecordHeader("h", content));
    }
    return new OriginalRecord("actions.requests", 3, 17L, 5L, bytes(key), bytes(value), kept);
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.wrap(new byte[count]);
  }
}
